/** The last step: the documents of a shard that stay, as the version holds them. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { readJsonLines, writeFileAtomic } from '../../base/index.ts';
import { signatureBytes } from '../deduplicate/index.ts';
import type { Document } from '../document.ts';
import { countDropped, countKept, type DropStep, emptyTally, type Tally } from '../tally/index.ts';
import { BytesWriter } from './bytes-writer.ts';
import { type CheckSettings, makeChecks } from './checks.ts';
import { cleanFiles, type DropRecord, originOf } from './clean-output.ts';
import { IdWriter } from './id-file.ts';
import { LinesWriter, type WrittenLines } from './lines-writer.ts';
import { type JudgedShard, judgedDocuments } from './survivors.ts';

/** `written.json`: the file of documents, and what is in it. */
export interface WrittenShard {
  documents: WrittenLines;
  /** By this step; an earlier one has counted its own. */
  numDropped: number;
  tally: Tally;
}

export const writtenFiles = { ...cleanFiles, facts: 'written.json' } as const;

export interface WriteOptions extends JudgedShard {
  checks: CheckSettings;
  /** Drops of a step between the first and this one, which go into the same file. */
  earlierDrops?: string;
  /** Tokens of a text, where they are counted. */
  countTokens?: (text: string) => number;
}

export async function writeShard(folder: string, options: WriteOptions): Promise<void> {
  const { checks, earlierDrops, countTokens } = options;
  using output = new WrittenOutput(folder, options.documentsFolder);
  if (earlierDrops !== undefined) await output.takeOver(earlierDrops);
  const check = await makeChecks(checks);
  for await (const { document, index, duplicate } of judgedDocuments(options)) {
    if (duplicate !== undefined) {
      const { drop, duplicateOf } = duplicate;
      output.drop('duplicate', document, { ...originOf(document), ...drop, duplicateOf });
    } else {
      const verdict = check(document, index);
      if ('document' in verdict) output.keep(verdict.document, index, countTokens);
      else output.drop('check', document, { ...originOf(document), ...verdict.drop });
    }
    if (index % 500 === 0) await nextTurn();
  }
  output.finish();
}

class WrittenOutput implements Disposable {
  readonly #folder: string;
  readonly #tally: Tally = emptyTally();
  readonly #documents: LinesWriter;
  readonly #drops: LinesWriter;
  readonly #signatures: BytesWriter;
  readonly #ids: IdWriter;
  readonly #source: number;
  #numDropped = 0;

  constructor(folder: string, documentsFolder: string) {
    this.#folder = folder;
    this.#documents = new LinesWriter(join(folder, writtenFiles.documents));
    this.#drops = new LinesWriter(join(folder, writtenFiles.drops));
    this.#signatures = new BytesWriter(join(folder, writtenFiles.signatures));
    this.#ids = new IdWriter(join(folder, writtenFiles.ids));
    this.#source = openSync(join(documentsFolder, cleanFiles.signatures), 'r');
  }

  keep(document: Document, index: number, countTokens?: (text: string) => number): void {
    const { id, text, source, url, licence, language, scores, cutBytes } = document;
    this.#documents.write({ id, text, source, url, licence, language, scores, cutBytes });
    this.#ids.write(id);
    const signature = Buffer.alloc(signatureBytes);
    readSync(this.#source, signature, 0, signatureBytes, index * signatureBytes);
    this.#signatures.write(signature);
    countKept(this.#tally, document, countTokens?.(text));
  }

  drop(step: DropStep, { text }: Document, record: DropRecord): void {
    this.#drops.write(record);
    this.#numDropped++;
    countDropped(this.#tally, { id: record.id, step, drop: record, text });
  }

  async takeOver(drops: string): Promise<void> {
    for await (const line of readJsonLines(drops)) {
      if ('value' in line) this.#drops.write(line.value);
    }
  }

  finish(): void {
    this.#signatures.close();
    this.#ids.close();
    this.#drops.close();
    const facts: WrittenShard = {
      documents: this.#documents.close(),
      numDropped: this.#numDropped,
      tally: this.#tally,
    };
    writeFileAtomic(join(this.#folder, writtenFiles.facts), JSON.stringify(facts));
  }

  [Symbol.dispose](): void {
    closeSync(this.#source);
    for (const file of [this.#documents, this.#drops, this.#signatures, this.#ids]) file.abandon();
  }
}

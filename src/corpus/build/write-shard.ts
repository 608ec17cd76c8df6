/** The third step: the documents of a shard that stay, as the version holds them. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FileError, readJsonLines, writeFileAtomic } from '../../base/index.ts';
import { signatureBytes } from '../deduplicate/index.ts';
import type { Document } from '../document.ts';
import { countDropped, countKept, emptyTally, type Tally } from '../tally/index.ts';
import { BytesWriter } from './bytes-writer.ts';
import { cleanFiles, type DropRecord, originOf } from './clean-output.ts';
import type { Duplicate } from './deduplicate-shards.ts';
import { IdWriter } from './id-file.ts';
import { LinesWriter, type WrittenLines } from './lines-writer.ts';

/** `written.json`: the file of documents, and what is in it. */
export interface WrittenShard {
  documents: WrittenLines;
  numDuplicates: number;
  tally: Tally;
}

export const writtenFiles = { ...cleanFiles, facts: 'written.json' } as const;

export interface WriteOptions {
  /** What the first step left. */
  cleanFolder: string;
  /** What the second step says of this shard. */
  duplicates: string;
  /** Tokens of a text, where they are counted. */
  countTokens?: (text: string) => number;
}

export async function writeShard(folder: string, options: WriteOptions): Promise<void> {
  using output = new WrittenOutput(folder, options.cleanFolder);
  const duplicates = duplicatesIn(options.duplicates);
  let next = (await duplicates.next()).value;
  let index = 0;
  for await (const document of documentsIn(join(options.cleanFolder, cleanFiles.documents))) {
    if (next?.index === index) {
      output.drop(document, next);
      next = (await duplicates.next()).value;
    } else output.keep(document, index, options.countTokens);
    index++;
    if (index % 500 === 0) await nextTurn();
  }
  output.finish();
}

async function* documentsIn(path: string): AsyncGenerator<Document> {
  for await (const line of readJsonLines(path)) {
    if ('rejected' in line) {
      const got = `line ${line.line}: ${line.rejected}`;
      throw new FileError({ what: path, must: 'hold documents', got });
    }
    yield line.value as unknown as Document;
  }
}

async function* duplicatesIn(path: string): AsyncGenerator<Duplicate, undefined> {
  for await (const line of readJsonLines(path)) {
    if ('value' in line) yield line.value as unknown as Duplicate;
  }
  return undefined;
}

class WrittenOutput implements Disposable {
  readonly #folder: string;
  readonly #tally: Tally = emptyTally();
  readonly #documents: LinesWriter;
  readonly #drops: LinesWriter;
  readonly #signatures: BytesWriter;
  readonly #ids: IdWriter;
  readonly #source: number;

  constructor(folder: string, cleanFolder: string) {
    this.#folder = folder;
    this.#documents = new LinesWriter(join(folder, writtenFiles.documents));
    this.#drops = new LinesWriter(join(folder, writtenFiles.drops));
    this.#signatures = new BytesWriter(join(folder, writtenFiles.signatures));
    this.#ids = new IdWriter(join(folder, writtenFiles.ids));
    this.#source = openSync(join(cleanFolder, cleanFiles.signatures), 'r');
  }

  keep(document: Document, index: number, countTokens?: (text: string) => number): void {
    const { id, text, source, url, licence, language } = document;
    this.#documents.write({ id, text, source, url, licence, language });
    this.#ids.write(id);
    const signature = Buffer.alloc(signatureBytes);
    readSync(this.#source, signature, 0, signatureBytes, index * signatureBytes);
    this.#signatures.write(signature);
    countKept(this.#tally, document, countTokens?.(text));
  }

  drop(document: Document, { drop, duplicateOf }: Duplicate): void {
    const record: DropRecord = { ...originOf(document), ...drop, duplicateOf };
    this.#drops.write(record);
    const { id } = record;
    countDropped(this.#tally, { id, step: 'duplicate', drop, text: document.text });
  }

  finish(): void {
    this.#signatures.close();
    this.#ids.close();
    const facts: WrittenShard = {
      documents: this.#documents.close(),
      numDuplicates: this.#drops.close().numLines,
      tally: this.#tally,
    };
    writeFileAtomic(join(this.#folder, writtenFiles.facts), JSON.stringify(facts));
  }

  [Symbol.dispose](): void {
    closeSync(this.#source);
    for (const file of [this.#documents, this.#drops, this.#signatures, this.#ids]) file.abandon();
  }
}

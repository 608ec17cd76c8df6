/** What the first step writes for a shard. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../base/index.ts';
import { signatureOf } from '../deduplicate/index.ts';
import type { Document, Drop, Origin } from '../document.ts';
import { countDropped, type DropStep, emptyTally, type Tally } from '../tally/index.ts';
import { BytesWriter } from './bytes-writer.ts';
import { IdWriter } from './id-file.ts';
import { LinesWriter, lineOf } from './lines-writer.ts';

/** One line of the drops of a version: enough to find the text again, and to say why. */
export interface DropRecord extends Origin, Drop {
  id: string;
  /** The document that is kept in place of a duplicate. */
  duplicateOf?: string;
}

/** `tally.json`: what was counted on the way, beside the lines that were written. */
export interface CleanedShard {
  numKept: number;
  numDropped: number;
  tally: Tally;
}

/** What was done since the last time that something was told. */
export interface Progress {
  numRead: number;
  numKept: number;
  readBytes: number;
  /** Of files that an earlier run has read. */
  knownBytes?: number;
}

/** Told now and then. */
export type Report = (done: Progress) => void;

/** The files that the step leaves. */
export const cleanFiles = {
  documents: 'documents.jsonl.gz',
  drops: 'drops.jsonl.gz',
  ids: 'ids.bin',
  signatures: 'signatures.bin',
  tally: 'tally.json',
} as const;

/** Readers of JSON lines refuse longer ones. */
const maxLineBytes = 16 * 2 ** 20;
const documentsPerReport = 200;

/** The files of one shard while they are written. */
export class CleanOutput implements Disposable {
  readonly tally: Tally = emptyTally();
  readonly #folder: string;
  readonly #report: Report;
  readonly #documents: LinesWriter;
  readonly #drops: LinesWriter;
  readonly #signatures: BytesWriter;
  readonly #ids: IdWriter;
  #numKept = 0;
  #reported = { numRead: 0, numKept: 0 };

  constructor(folder: string, report: Report) {
    this.#folder = folder;
    this.#report = report;
    this.#documents = new LinesWriter(join(folder, cleanFiles.documents), 1);
    this.#drops = new LinesWriter(join(folder, cleanFiles.drops));
    this.#signatures = new BytesWriter(join(folder, cleanFiles.signatures));
    this.#ids = new IdWriter(join(folder, cleanFiles.ids));
  }

  keep(document: Document): void {
    const line = lineOf(document);
    if (line.length > maxLineBytes) {
      const tooLong = { reason: 'too long for a line', value: line.length, limit: maxLineBytes };
      this.drop('filter', { ...originOf(document), ...tooLong }, document.text);
      return;
    }
    this.#documents.writeLine(line);
    this.#ids.write(document.id);
    this.#signatures.write(signatureOf(document));
    this.#numKept++;
  }

  drop(step: DropStep, record: DropRecord, text?: string): void {
    this.#drops.write(record);
    countDropped(this.tally, { id: record.id, step, drop: record, text });
  }

  get isReportDue(): boolean {
    return this.tally.numRead - this.#reported.numRead >= documentsPerReport;
  }

  report(readBytes: number): void {
    const [numRead, numKept] = [this.tally.numRead, this.#numKept];
    const { numRead: readBefore, numKept: keptBefore } = this.#reported;
    this.#report({ numRead: numRead - readBefore, numKept: numKept - keptBefore, readBytes });
    this.#reported = { numRead, numKept };
  }

  finish(): void {
    this.#signatures.close();
    this.#ids.close();
    const counts: CleanedShard = {
      numKept: this.#documents.close().numLines,
      numDropped: this.#drops.close().numLines,
      tally: this.tally,
    };
    writeFileAtomic(join(this.#folder, cleanFiles.tally), JSON.stringify(counts));
  }

  /** Closes what a failure has left open. */
  [Symbol.dispose](): void {
    for (const writer of this.#writers()) writer.abandon();
  }

  #writers() {
    return [this.#documents, this.#drops, this.#signatures, this.#ids];
  }
}

/** Where a document comes from, and its id. */
export function originOf(document: Document): Origin & { id: string } {
  const { id, source, file, record, url, licence } = document;
  return {
    ...{ id, source, file },
    ...(record !== undefined && { record }),
    ...(url !== undefined && { url }),
    ...(licence !== undefined && { licence }),
  };
}

export function readCleaned(folder: string): CleanedShard {
  return JSON.parse(readFileSync(join(folder, cleanFiles.tally), 'utf8')) as CleanedShard;
}

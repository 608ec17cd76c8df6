import { isUtf8 } from 'node:buffer';
import type { Line } from '../../base/index.ts';
import { parseRow } from './csv-record.ts';

/** A row, by the number of its first line, or why that line is none. */
export type CsvRow = { line: number } & ({ fields: string[] } | { rejected: string });

interface TextLine {
  line: number;
  text: string;
  /** It was read too often in rows that went wrong. */
  isGivenUp?: boolean;
}

/** A row of more lines than this has most likely lost a quote. */
const maxRowLines = 1_000;
const maxRowBytes = 16 * 2 ** 20;

/** Puts lines together to rows. Where a row goes wrong, its first line does, and the others start anew. */
export class RowBuilder {
  readonly #delimiter: string;
  /** Lines of a row whose quote is still open. */
  #open: TextLine[] = [];
  #numBytes = 0;
  #numQuotes = 0;
  /** Lines that no row has been tried with. */
  #waiting: TextLine[] = [];
  /** How many more lines may start anew; each line that is read earns a few, so all takes linear time. */
  #numRetries = maxRowLines;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  *push({ number, bytes }: Line): Generator<CsvRow> {
    if (bytes === undefined || !isUtf8(bytes)) {
      // No quoted field goes on across it.
      yield* this.end();
      yield { line: number, rejected: bytes === undefined ? 'line too long' : 'not UTF-8' };
      return;
    }
    const hasMark = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    this.#waiting.push({ line: number, text: bytes.toString('utf8', hasMark ? 3 : 0) });
    this.#numRetries += 4;
    yield* this.#addWaiting();
  }

  /** What is left when no line follows: a row that was never closed, and what stands in it. */
  *end(): Generator<CsvRow> {
    while (this.#open.length > 0) {
      yield this.#giveUp('a quote that is never closed');
      yield* this.#addWaiting();
    }
  }

  *#addWaiting(): Generator<CsvRow> {
    for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift()) {
      const row = this.#add(line);
      if (row !== undefined) yield row;
    }
  }

  #add(line: TextLine): CsvRow | undefined {
    if (line.isGivenUp) return { line: line.line, rejected: 'a quote in the wrong place' };
    if (this.#open.length === 0 && line.text.trim() === '') return undefined;
    this.#open.push(line);
    this.#numBytes += line.text.length;
    this.#numQuotes += line.text.split('"').length - 1;
    // With an odd number of quotes a field is open, or the row is malformed, which may wait.
    if (this.#open.length === 1 || this.#numQuotes % 2 === 0) {
      const row = parseRow(this.#open.map(({ text }) => text).join('\n'), this.#delimiter);
      if (row === 'malformed') return this.#giveUp('a quote in the wrong place');
      if (row !== 'open') return { line: this.#take()[0]?.line ?? 0, fields: row.fields };
    }
    const isTooLong = this.#open.length > maxRowLines || this.#numBytes > maxRowBytes;
    return isTooLong ? this.#giveUp('a quote that is never closed') : undefined;
  }

  /** Rejects the first line of the row; those behind it start anew, as often as can be afforded. */
  #giveUp(rejected: string): CsvRow {
    const [first, ...others] = this.#take();
    this.#numRetries -= others.length;
    const isGivenUp = this.#numRetries < 0;
    this.#waiting.unshift(...others.map((line) => (isGivenUp ? { ...line, isGivenUp } : line)));
    return { line: first?.line ?? 0, rejected };
  }

  #take(): TextLine[] {
    const taken = this.#open;
    this.#open = [];
    this.#numBytes = 0;
    this.#numQuotes = 0;
    return taken;
  }
}

/** Texts from files: plain text, or JSON lines with a `text` field, both also packed. */
import { isUtf8 } from 'node:buffer';
import type { LineRejection } from './json-line.ts';
import { type Line, LineSplitter } from './line-splitter.ts';
import { fileState, packedName, readBlocks } from './read-blocks.ts';
import { jsonLinesName } from './read-json-lines.ts';
import { TextLineParser } from './text-line.ts';

/** A whole file of text is one document, which has to be held in memory. */
const maxTextBytes = 2 ** 28;

/** Where a text comes from; a file that is one text has no line. */
export interface TextPlace {
  file: string;
  line?: number;
}

/** A text in UTF-8, or what was left out and why. */
export type TextRecord = TextPlace & ({ text: Uint8Array } | { rejected: TextRejection });

export type TextRejection = LineRejection | 'no text field' | 'text too long';

/**
 * Reads one text per line of `.jsonl` and `.ndjson` files, and one per file of any other kind; `.gz`
 * or `.zst` may follow. A text is valid until the next record is asked for: all lie in the same
 * memory, for an array buffer for each keeps the garbage collector busy. What cannot be used is
 * given out as rejected. Needs memory for the longest text.
 *
 * @throws FileError when a file cannot be read to its end, or changes meanwhile.
 */
export async function* readTexts(files: Iterable<string>): AsyncGenerator<TextRecord> {
  const whole = new WholeReader();
  let parser: TextLineParser | undefined;
  for (const file of files) {
    if (!jsonLinesName.test(file)) {
      yield await whole.read(file);
      continue;
    }
    parser ??= new TextLineParser();
    const lines = new LineSplitter();
    for await (const block of readBlocks(file)) {
      // Not `yield*`, which would wait for every line once more.
      for (const text of textsOf(file, lines.push(block), parser)) yield text;
    }
    yield* textsOf(file, lines.end(), parser);
  }
}

function* textsOf(
  file: string,
  lines: Iterable<Line>,
  parser: TextLineParser,
): Generator<TextRecord> {
  for (const { number, bytes } of lines) {
    const parsed = parser.parse(bytes);
    if (parsed !== undefined) yield { file, line: number, ...parsed };
  }
}

/** Reads whole files, one after the other into the same memory. */
class WholeReader {
  #memory = Buffer.alloc(0);

  async read(file: string): Promise<TextRecord> {
    const length = packedName.test(file) ? await this.#unpack(file) : await this.#readPlain(file);
    if (length > maxTextBytes) return { file, rejected: 'text too long' };
    const text = this.#memory.subarray(0, length);
    return isUtf8(text) ? { file, text } : { file, rejected: 'not UTF-8' };
  }

  /** The length of the text, or some length above the limit. */
  async #readPlain(file: string): Promise<number> {
    const expected = await fileState(file);
    if (expected.sizeBytes > maxTextBytes) return expected.sizeBytes;
    this.#reserve(expected.sizeBytes, 0);
    let length = 0;
    for await (const block of readBlocks(file, { expected, into: this.#memory })) {
      length += block.length;
    }
    return length;
  }

  async #unpack(file: string): Promise<number> {
    let length = 0;
    for await (const block of readBlocks(file)) {
      if (length + block.length > maxTextBytes) return length + block.length;
      this.#reserve(length + block.length, length);
      this.#memory.set(block, length);
      length += block.length;
    }
    return length;
  }

  /** Makes room for a text of so many bytes, of which the first `numKept` are there. */
  #reserve(length: number, numKept: number): void {
    if (length <= this.#memory.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#memory.length));
    grown.set(this.#memory.subarray(0, numKept));
    this.#memory = grown;
  }
}

/** Texts from files: plain text, or JSON lines with a `text` field, both also packed. */
import { isUtf8 } from 'node:buffer';
import { type LineRejection, parseTextLine } from './json-line.ts';
import { type Line, LineSplitter } from './line-splitter.ts';
import { fileState, readBlocks } from './read-blocks.ts';
import { jsonLinesName } from './read-json-lines.ts';

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
 * or `.zst` may follow. What cannot be used is given out as rejected. Needs memory for one text.
 *
 * @throws FileError when a file cannot be read to its end, or changes meanwhile.
 */
export async function* readTexts(files: Iterable<string>): AsyncGenerator<TextRecord> {
  for (const file of files) {
    if (!jsonLinesName.test(file)) {
      yield await readWhole(file);
      continue;
    }
    const lines = new LineSplitter();
    for await (const block of readBlocks(file)) {
      // Not `yield*`, which would wait for every line once more.
      for (const text of textsOf(file, lines.push(block))) yield text;
    }
    yield* textsOf(file, lines.end());
  }
}

function* textsOf(file: string, lines: Iterable<Line>): Generator<TextRecord> {
  for (const { number, bytes } of lines) {
    const parsed = parseTextLine(bytes);
    if (parsed !== undefined) yield { file, line: number, ...parsed };
  }
}

async function readWhole(file: string): Promise<TextRecord> {
  // Of this size, unless it is packed: each array buffer more keeps the garbage collector busy.
  const { sizeBytes } = await fileState(file);
  let buffer: Buffer = Buffer.allocUnsafeSlow(Math.min(sizeBytes, maxTextBytes));
  let length = 0;
  for await (const block of readBlocks(file)) {
    if (length + block.length > maxTextBytes) return { file, rejected: 'text too long' };
    buffer = withRoom(buffer, length, block.length);
    buffer.set(block, length);
    length += block.length;
  }
  const text = buffer.subarray(0, length);
  return isUtf8(text) ? { file, text } : { file, rejected: 'not UTF-8' };
}

/** The buffer, or a larger one with what it holds, when so many bytes more do not fit. */
function withRoom(buffer: Buffer, length: number, numMore: number): Buffer {
  if (length + numMore <= buffer.length) return buffer;
  const grown = Buffer.allocUnsafeSlow(Math.max(length + numMore, 2 * buffer.length));
  grown.set(buffer.subarray(0, length));
  return grown;
}

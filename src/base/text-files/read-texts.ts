/** Texts from files: plain text, or JSON lines with a `text` field, both also gzipped. */
import { isUtf8 } from 'node:buffer';
import type { JsonObject, LineRejection } from './json-line.ts';
import { readBlocks } from './read-blocks.ts';
import { jsonLinesName, readJsonLines } from './read-json-lines.ts';

/** A whole file of text is one document, which has to be held in memory. */
const maxTextBytes = 2 ** 28;

/** Where a text comes from; a file that is one text has no line. */
export interface TextPlace {
  file: string;
  line?: number;
}

/** A text, bytes being UTF-8, or what was left out and why. */
export type TextRecord = TextPlace & ({ text: string | Uint8Array } | { rejected: TextRejection });

export type TextRejection = LineRejection | 'no text field' | 'text too long';

/**
 * Reads one text per line of `.jsonl` and `.ndjson` files, and one per file of any other kind; `.gz`
 * may follow. What cannot be used is given out as rejected. Needs memory for one text.
 *
 * @throws FileError when a file cannot be read to its end, or changes meanwhile.
 */
export async function* readTexts(files: Iterable<string>): AsyncGenerator<TextRecord> {
  for (const file of files) {
    if (!jsonLinesName.test(file)) {
      yield await readWhole(file);
      continue;
    }
    for await (const line of readJsonLines(file)) {
      if ('rejected' in line) yield line;
      else yield { file, line: line.line, ...textOfRecord(line.value) };
    }
  }
}

/** The field `text` of a line of JSON lines. */
export function textOfRecord(value: JsonObject): { text: string } | { rejected: 'no text field' } {
  const text = Object.hasOwn(value, 'text') ? value.text : undefined;
  return typeof text === 'string' ? { text } : { rejected: 'no text field' };
}

async function readWhole(file: string): Promise<TextRecord> {
  const parts: Uint8Array[] = [];
  let numBytes = 0;
  for await (const block of readBlocks(file)) {
    numBytes += block.length;
    if (numBytes > maxTextBytes) return { file, rejected: 'text too long' };
    parts.push(block);
  }
  const text = Buffer.concat(parts);
  return isUtf8(text) ? { file, text } : { file, rejected: 'not UTF-8' };
}

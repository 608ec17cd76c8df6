/** What `athanor tokenizer stats` reads and shows. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { FileError } from '../base/index.ts';
import {
  type Compression,
  kindOfText,
  measureCompression,
  type PublishedName,
  publishedRanks,
  type TextKind,
  type Tokenizer,
} from '../tokenizer/index.ts';

/** Bytes per token and their sums, by tokenizer and kind of text. */
export interface Statistics {
  tokenizer: string;
  vocabSize: number;
  kinds: Partial<Record<TextKind, Compression>>;
}

interface KindText {
  kind: TextKind;
  text: string;
}

/** The texts of files, and of the lines of JSON lines, each with its kind. */
export async function readTexts(files: readonly string[]): Promise<KindText[]> {
  const texts: KindText[] = [];
  for (const file of files) {
    const content = await readText(file);
    const name = file.replace(/\.gz$/, '');
    if (!/\.(jsonl|ndjson)$/.test(name)) {
      texts.push({ kind: kindOfText(content, name), text: content });
      continue;
    }
    for (const line of content.split('\n')) {
      const text = textOfLine(line);
      if (text !== undefined) texts.push({ kind: kindOfText(text, name), text });
    }
  }
  return texts;
}

/** Ours first, then the published ones, as far as they are installed. */
export function statisticsOf(tokenizer: Tokenizer, texts: readonly KindText[]): Statistics[] {
  const rows = [rowOf('this one', tokenizer, texts)];
  for (const name of ['gpt2', 'cl100k'] satisfies PublishedName[]) {
    try {
      rows.push(rowOf(name, publishedRanks(name), texts));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      process.stderr.write(`${error.message}\n`);
    }
  }
  return rows;
}

export function formatStatistics(statistics: readonly Statistics[]): string {
  const kinds: TextKind[] = ['Chinese', 'English', 'code'];
  const header = ['bytes per token', 'tokens', ...kinds];
  const rows = statistics.map(({ tokenizer, vocabSize, kinds: measured }) => [
    tokenizer,
    String(vocabSize),
    ...kinds.map((kind) => measured[kind]?.bytesPerToken.toFixed(2) ?? '–'),
  ]);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => (row[column] ?? '').length)),
  );
  const format = (row: string[]): string =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ');
  return [header, ...rows].map(format).join('\n');
}

function rowOf(name: string, tokenizer: Tokenizer, texts: readonly KindText[]): Statistics {
  const kinds = Object.fromEntries(measureCompression(tokenizer, texts));
  return { tokenizer: name, vocabSize: tokenizer.vocabSize, kinds };
}

async function readText(file: string): Promise<string> {
  try {
    const bytes = await readFile(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ what: file, must: 'be a readable file', got }, { cause });
  }
}

/** The field `text`; undefined for what is no such line. */
function textOfLine(line: string): string | undefined {
  try {
    const { text } = JSON.parse(line) as { text?: unknown };
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

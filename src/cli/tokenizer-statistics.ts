/** What `athanor tokenizer stats` reads and shows. */
import { FileError, packedName, Rejections, readTexts } from '../base/index.ts';
import {
  type Compression,
  kindOfText,
  measureCompression,
  type PublishedName,
  publishedRanks,
  type TextKind,
  type Tokenizer,
} from '../tokenizer/index.ts';
import { formatTable } from './table.ts';

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

/** The texts of files, and of the lines of JSON lines, each with its kind; and what is not text. */
export async function readKindTexts(
  files: readonly string[],
): Promise<{ texts: KindText[]; rejections: Rejections }> {
  const texts: KindText[] = [];
  const rejections = new Rejections();
  for await (const record of readTexts(files)) {
    if ('rejected' in record) rejections.add(record.rejected, record);
    else {
      const text = Buffer.from(record.text).toString();
      texts.push({ kind: kindOfText(text, record.file.replace(packedName, '')), text });
    }
  }
  return { texts, rejections };
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
  return formatTable([header, ...rows]);
}

function rowOf(name: string, tokenizer: Tokenizer, texts: readonly KindText[]): Statistics {
  const kinds = Object.fromEntries(measureCompression(tokenizer, texts));
  return { tokenizer: name, vocabSize: tokenizer.vocabSize, kinds };
}

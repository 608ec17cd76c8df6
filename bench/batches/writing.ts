/** Writing shards from files of text, against the tokenizer alone on the same texts in memory. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTexts } from '../../src/base/index.ts';
import { writeTokenShards } from '../../src/batches/index.ts';
import { type PublishedName, publishedRanks, type Tokenizer } from '../../src/tokenizer/index.ts';
import { type Contestant, inProcess, type Measurement, perSecond, race } from '../harness/index.ts';
import { benchTexts, documentsOf, type Kind } from '../tokenizer/texts.ts';

/** Enough that waiting for the disk at the end is the part that it is of a real data set. */
const leastBytes = 40_000_000;

const formats = { 'plain text': writePlainText, 'JSON lines': writeJsonLines };

/** Everything between files of text and a folder of shards that is on disk. */
export const writing: readonly Measurement[] = [
  shardsOf('mixed', 'gpt2', 'plain text'),
  shardsOf('mixed', 'cl100k', 'plain text'),
  shardsOf('chinese', 'gpt2', 'plain text'),
  shardsOf('mixed', 'gpt2', 'JSON lines'),
  shardsOf('mixed', 'cl100k', 'JSON lines'),
  shardsOf('chinese', 'gpt2', 'JSON lines'),
];

function shardsOf(
  kind: Kind,
  vocabulary: PublishedName,
  format: keyof typeof formats,
): Measurement {
  const name = `write shards of ${kind}, ${vocabulary}, from ${format}`;
  return {
    name,
    async measure(settings) {
      const folder = mkdtempSync(join(tmpdir(), 'athanor-bench-'));
      try {
        const tokenizer = publishedRanks(vocabulary);
        const { texts, sizeBytes } = textsOf(kind);
        const files = formats[format](folder, texts);
        const directory = join(folder, 'tokens');
        const ours: Contestant = {
          name: 'Athanor',
          run: (times) => write(files, tokenizer, directory, times),
        };
        const theirs = inProcess('the encoder alone', (times) => {
          for (let i = 0; i < times; i++) for (const text of texts) tokenizer.encode(text);
        });
        const scale = perSecond(sizeBytes / 1e6, 'MB');
        return [await race({ name, scale, target: 0.9, ours, theirs }, settings)];
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** Documents together in files of about a megabyte, as books are. */
function writePlainText(folder: string, texts: readonly Buffer[]): string[] {
  const books: Buffer[][] = [];
  let left = 0;
  for (const text of texts) {
    if (left <= 0) {
      books.push([]);
      left = 2 ** 20;
    }
    books.at(-1)?.push(text);
    left -= text.length;
  }
  return books.map((book, i) => {
    const file = join(folder, `${i}.txt`);
    writeFileSync(file, Buffer.concat(book));
    return file;
  });
}

function writeJsonLines(folder: string, texts: readonly Buffer[]): string[] {
  const file = join(folder, 'texts.jsonl');
  writeFileSync(
    file,
    texts.map((text) => `${JSON.stringify({ text: text.toString() })}\n`).join(''),
  );
  return [file];
}

/** The seconds that it takes to write. */
async function write(
  files: readonly string[],
  tokenizer: Tokenizer,
  directory: string,
  times: number,
): Promise<number> {
  let seconds = 0;
  for (let i = 0; i < times; i++) {
    // Gigabytes of files that wait for the disk would make each round slower than the last.
    rmSync(directory, { recursive: true, force: true });
    const start = performance.now();
    await writeTokenShards({ documents: readTexts(files), tokenizer, directory });
    seconds += (performance.now() - start) / 1000;
  }
  return seconds;
}

let allTexts: Map<Kind, string> | undefined;

/** Documents of some thousand characters, again and again until they are enough. */
function textsOf(kind: Kind): { texts: Buffer[]; sizeBytes: number } {
  allTexts ??= benchTexts();
  const once = documentsOf(allTexts.get(kind) ?? '').map((text) => Buffer.from(text));
  const onceBytes = once.reduce((sum, { length }) => sum + length, 0);
  const times = Math.ceil(leastBytes / onceBytes);
  return { texts: Array(times).fill(once).flat() as Buffer[], sizeBytes: times * onceBytes };
}

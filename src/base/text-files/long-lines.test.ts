/** Lines far longer than any document, and very many without anything (reliability B2). */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { readJsonLines } from './read-json-lines.ts';

const longBytes = count({ test: 64, pr: 256, slow: 1024 }) * 2 ** 20;
const maxGrowthBytes = 256 * 2 ** 20;
const good = '{"text":"处处闻啼鸟"}\n';

/** A file of a good line, `numBytes` of a filler, and another good line. */
function fileWith(before: string, filler: string, after: string, numBytes: number): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-long-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.jsonl');
  const block = Buffer.alloc(2 ** 20, filler);
  const file = fs.openSync(path, 'w');
  fs.writeSync(file, good + before);
  for (let done = 0; done < numBytes; done += block.length) fs.writeSync(file, block);
  fs.writeSync(file, `${after}${good}`);
  fs.closeSync(file);
  return path;
}

/** What comes of each line, and by how much the memory of this process grew meanwhile. */
async function readWatched(path: string): Promise<{ found: unknown[]; growthBytes: number }> {
  const start = process.memoryUsage.rss();
  let most = start;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 5);
  const found: unknown[] = [];
  for await (const line of readJsonLines(path)) {
    found.push([line.line, 'rejected' in line ? line.rejected : 'kept']);
    most = Math.max(most, process.memoryUsage.rss());
  }
  clearInterval(watch);
  return { found, growthBytes: most - start };
}

it.each([
  ['a text', '{"text":"', 'x', '"}\n'],
  ['brackets', '', '[', '\n'],
  ['spaces', '', ' ', '\n'],
  ['bytes that are no text', '', '\0', '\n'],
])(
  'a line with too much of %s is rejected in little memory, and the next is kept',
  async (...args) => {
    const [, before, filler, after] = args;
    const { found, growthBytes } = await readWatched(fileWith(before, filler, after, longBytes));
    expect(found).toEqual([
      [1, 'kept'],
      [2, 'line too long'],
      [3, 'kept'],
    ]);
    expect(growthBytes).toBeLessThan(maxGrowthBytes);
  },
);

it('a file that ends inside of such a line says so', async () => {
  const path = fileWith('', 'x', '', longBytes);
  fs.truncateSync(path, fs.statSync(path).size - Buffer.byteLength(good));
  const { found } = await readWatched(path);
  expect(found).toEqual([
    [1, 'kept'],
    [2, 'line too long'],
  ]);
});

it('millions of empty lines are nothing, but are counted', async () => {
  const numLines = count({ test: 1, pr: 4, slow: 16 }) * 2 ** 20;
  const { found, growthBytes } = await readWatched(fileWith('', '\n', '', numLines));
  expect(found).toEqual([
    [1, 'kept'],
    [numLines + 2, 'kept'],
  ]);
  expect(growthBytes).toBeLessThan(maxGrowthBytes);
});

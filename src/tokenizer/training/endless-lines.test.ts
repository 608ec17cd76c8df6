import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { trainTokenizer } from './train-tokenizer.ts';

const lineBytes = count({ test: 20e6, pr: 100e6, slow: 2 ** 30 });
const mostGrowthBytes = 256 * 2 ** 20;
const good = JSON.stringify({ text: 'spring sleep, '.repeat(30) });

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-tokenizer-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file that is `before`, then `lineBytes` of one letter, then `after`. */
function endlessFile(name: string, before: string, letter: string, after: string): string {
  const path = join(folder, name);
  const fd = openSync(path, 'w');
  const block = Buffer.alloc(2 ** 20, letter);
  writeSync(fd, before);
  for (let left = lineBytes; left > 0; left -= block.length) writeSync(fd, block);
  writeSync(fd, after);
  closeSync(fd);
  return path;
}

async function reportOf(file: string) {
  const before = process.memoryUsage.rss();
  const { report } = await trainTokenizer({ files: [file], vocabSize: 300, numWorkers: 1 });
  expect(process.memoryUsage.rss() - before).toBeLessThan(mostGrowthBytes);
  return report;
}

describe('a line without an end', { timeout: 600_000 }, () => {
  it.each([
    ['of a string', '{"text": "', 'a', '"}'],
    ['of brackets', '', '[', ''],
  ])('%s is rejected, its neighbours are kept', async (_, start, letter, end) => {
    const file = endlessFile('a.jsonl', `${good}\n${start}`, letter, `${end}\n${good}\n`);
    const { numDocuments, rejected } = await reportOf(file);
    expect({ numDocuments, rejected }).toEqual({
      numDocuments: 2,
      rejected: { 'line too long': 1 },
    });
  });

  it('of text is one word too long, its neighbours are kept', async () => {
    const words = 'spring sleep, '.repeat(30);
    const { numWords, rejected } = await reportOf(endlessFile('a.txt', words, 'x', ` ${words}`));
    expect(rejected).toEqual({ 'word too long': 1 });
    expect(numWords).toBeGreaterThan(2);
  });
});

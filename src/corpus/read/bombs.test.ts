/** Files that ask for far more than they are, between files that do not (reliability B4). */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { listFiles, readSource } from '../index.ts';
import { temporaryFile } from './testing/read-all.ts';

const line = (text: string) => `${JSON.stringify({ text })}\n`;
const megabytes = (n: number, filler: string) => Buffer.alloc(n * 2 ** 20, filler);
const good = line('春眠不觉晓');

/** What the reader of JSON lines makes of each, beside a good file in front and one behind. */
const bombs: Record<string, { content: Uint8Array; reason: string }> = {
  'one member': { content: gzipSync(megabytes(200, 'x')), reason: 'damaged file' },
  'good lines in front': {
    content: gzipSync(Buffer.concat([Buffer.from(good), megabytes(200, '\n')])),
    reason: 'damaged file',
  },
  'many members': {
    content: Buffer.concat(Array.from({ length: 40 }, () => gzipSync(megabytes(5, ' ')))),
    reason: 'damaged file',
  },
  'gzip in gzip': { content: gzipSync(gzipSync(megabytes(200, 'x'))), reason: 'not UTF-8' },
};

it.each(Object.entries(bombs))('%s is stopped, and its neighbours are kept', async (_, bomb) => {
  const path = temporaryFile('b.jsonl.gz', bomb.content);
  const folder = join(path, '..');
  for (const name of ['a.jsonl', 'c.jsonl']) fs.writeFileSync(join(folder, name), good);
  const before = process.memoryUsage.rss();
  let most = before;
  const found: string[] = [];
  for await (const record of readSource({ format: 'json-lines', path: folder }, 's')) {
    const { file } = 'document' in record ? record.document : record.origin;
    found.push(`${file}: ${'document' in record ? 'kept' : record.rejected.reason}`);
    most = Math.max(most, process.memoryUsage.rss());
  }
  const kept = ['a.jsonl: kept', 'c.jsonl: kept'];
  expect(found.filter((line) => !line.startsWith('b.'))).toEqual(kept);
  const ofBomb = found.filter((line) => line.startsWith('b.'));
  expect(new Set(ofBomb)).toEqual(new Set([`b.jsonl.gz: ${bomb.reason}`]));
  expect(most - before).toBeLessThan(100 * 2 ** 20);
});

it('very many small files are listed, each once', { timeout: 600_000 }, async () => {
  const numFiles = count({ test: 2_000, pr: 50_000, slow: 1_000_000 });
  const folder = join(temporaryFile('0.txt', 'x'), '..');
  for (let i = 1; i < numFiles; i++) fs.writeFileSync(join(folder, `${i}.txt`), '');
  const before = process.memoryUsage().heapUsed;
  const { files, rejected } = await listFiles({ format: 'text', path: folder }, 's');
  expect(files).toHaveLength(numFiles);
  expect(rejected).toEqual([]);
  expect((process.memoryUsage().heapUsed - before) / numFiles).toBeLessThan(20_000);
});

import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { readJsonLines } from '../../base/index.ts';
import { sectionsOf } from './sections.ts';
import { temporaryFolder } from './testing/small-store.ts';

async function sectionsIn(content: string, maxBytes: number) {
  const path = join(temporaryFolder(), 'a.jsonl');
  fs.writeFileSync(path, content);
  return { path, sections: await sectionsOf(path, maxBytes) };
}

test('a line belongs to the section that it begins in, and its number goes on', async () => {
  // Lines of 3, 1, 5 and 2 bytes with their ends.
  const { sections } = await sectionsIn('ab\n\ncdef\ng\n', 4);
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  expect(sections).toEqual([
    { start: 0, end: 4, firstLine: 1, sha256: sha256('ab\n\n') },
    { start: 4, end: 9, firstLine: 3, sha256: sha256('cdef\n') },
    { start: 9, end: 11, firstLine: 4, sha256: sha256('g\n') },
  ]);
});

test('an empty file is one section, and so is one that has no lines of its own', async () => {
  expect((await sectionsIn('', 4)).sections).toMatchObject([{ start: 0, end: 0, firstLine: 1 }]);
  const whole = (await sectionsIn('a\nb\nc\n', Infinity)).sections;
  expect(whole).toMatchObject([{ start: 0, end: 6, firstLine: 1 }]);
});

test('sections cover a file without a gap, and their lines are its lines', async () => {
  const line = fc.integer({ min: 0, max: 40 }).map((length) => `{"text":"${'x'.repeat(length)}"}`);
  const lines = fc.array(fc.oneof(line, fc.constant('')), { maxLength: 30 });
  const property = fc.asyncProperty(lines, fc.integer({ min: 1, max: 90 }), async (all, size) => {
    const { path, sections } = await sectionsIn(all.join('\n'), size);
    let [position, numbers] = [0, [] as number[]];
    for (const { start, end, firstLine } of sections) {
      expect(start).toBe(position);
      position = end;
      for await (const { line } of readJsonLines(path, { start, end, firstLine }))
        numbers.push(line);
    }
    expect(position).toBe(fs.statSync(path).size);
    for (const { start, end } of sections.slice(0, -1))
      expect(end - start).toBeGreaterThanOrEqual(size);
    expect(numbers).toEqual(all.flatMap((text, i) => (text === '' ? [] : [i + 1])));
  });
  await fc.assert(property, { numRuns: count({ test: 60, pr: 1_000, slow: 20_000 }) });
});

test('where a file is cut does not depend on how its bytes arrive', async () => {
  // Blocks have a megabyte: a section ends with one of them, in its middle, and far behind it.
  const block = 2 ** 20;
  const text = `${'a'.repeat(block - 1)}\n${'b'.repeat(block + 10)}\n${'c'.repeat(3 * block)}\nd`;
  const { sections } = await sectionsIn(text, block);
  expect(sections.map(({ start, firstLine }) => [start, firstLine])).toEqual([
    [0, 1],
    [block, 2],
    [2 * block + 11, 3],
    [5 * block + 12, 4],
  ]);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import type { Document } from '../document.ts';
import { documentOf } from '../testing/documents.ts';
import { copyAt, jaccard, randomText } from '../testing/planted.ts';
import { dropOfDuplicate, findDuplicates, largestClusters, signatureOf } from './index.ts';
import { similarityOfMinHashes } from './minhash.ts';
import { minHashStart } from './signature.ts';

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 600_000, slow: 3_600_000 }) });

const folder = mkdtempSync(join(tmpdir(), 'athanor-duplicates-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The id of each document's survivor, when the documents lie in these files. */
function survivors(...files: { documents: readonly Document[]; generation?: number }[]) {
  const written = files.map(({ documents, generation = 0 }, i) => {
    const path = join(folder, `${i}.signatures`);
    writeFileSync(path, Buffer.concat(documents.map((document) => signatureOf(document))));
    return { path, generation };
  });
  const duplicates = findDuplicates(written);
  const ids = files.flatMap(({ documents }) => documents.map(({ id }) => id));
  const survivorOf = new Map(ids.map((id, i) => [id, ids[duplicates.survivorOf[i] as number]]));
  return { duplicates, ids, survivorOf };
}

/** Originals in both languages, and with each a copy of every kind. */
function plant(seed: number, numOriginals: number) {
  const random = new SeededRandom(seed);
  return Array.from({ length: numOriginals }, (_, i) => {
    const text = randomText(random, i % 2 === 0 ? 'en' : 'zh');
    const made = (kind: string, copy: string) => documentOf(copy, { id: `${kind}/${i}` });
    return {
      original: made('original', text),
      exact: made('exact', ` ${text.toUpperCase().replaceAll(' ', ' \n')}。`),
      near: made('near', copyAt(random, text, 0.9)),
      half: made('half', copyAt(random, text, 0.5)),
    };
  });
}

test('planted duplicates: all exact, 99 % at 0.9, at most 1 % at 0.5', () => {
  const planted = plant(5, count({ test: 1_000, pr: 5_000, slow: 50_000 }));
  const documents = planted.flatMap((copies) => Object.values(copies));
  const { survivorOf } = survivors({ documents });
  const share = (kind: 'exact' | 'near' | 'half') => {
    const found = planted.filter(
      (copies) => survivorOf.get(copies[kind].id) === survivorOf.get(copies.original.id),
    );
    return found.length / planted.length;
  };
  expect(share('exact')).toBe(1);
  expect(share('near')).toBeGreaterThanOrEqual(0.99);
  expect(share('half')).toBeLessThanOrEqual(0.01);
  // No document is taken for a stranger's.
  for (const [id, survivor] of survivorOf) expect(survivor?.split('/')[1]).toBe(id.split('/')[1]);
});

test('the same survivors for any order of documents, in any number of files', () => {
  const documents = plant(6, 60).flatMap((copies) => Object.values(copies));
  const expected = survivors({ documents }).survivorOf;
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (seed, numFiles) => {
      const shuffled = new SeededRandom(seed).shuffle(documents);
      const files = Array.from({ length: numFiles }, (_, file) => ({
        documents: shuffled.filter((_, i) => i % numFiles === file),
      }));
      const { survivorOf } = survivors(...files);
      for (const [id, survivor] of expected) expect(survivorOf.get(id)).toBe(survivor);
    }),
    { numRuns: count({ test: 20, pr: 200, slow: 2_000 }) },
  );
});

test('of duplicates the one of the oldest version survives', () => {
  const planted = plant(7, 50);
  const { survivorOf } = survivors(
    { documents: planted.flatMap(({ exact, near }) => [exact, near]), generation: 1 },
    { documents: planted.map(({ original }) => original), generation: 0 },
  );
  for (const { original, exact, near } of planted) {
    for (const { id } of [original, exact, near]) expect(survivorOf.get(id)).toBe(original.id);
  }
});

test('MinHashes show the Jaccard similarity that brute force computes', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (seed, wanted) => {
      const random = new SeededRandom(seed);
      const text = randomText(random, seed % 2 === 0 ? 'en' : 'zh');
      const copy = copyAt(random, text, wanted);
      const [one, other] = [text, copy].map((each) =>
        signatureOf(documentOf(each)).subarray(minHashStart),
      ) as [Uint8Array, Uint8Array];
      const truth = jaccard(text, copy);
      // Five standard deviations of a share of 112, and what chance adds.
      const slack = 5 * Math.sqrt((truth * (1 - truth)) / 112 + 1e-3);
      expect(Math.abs(similarityOfMinHashes(one, other) - truth)).toBeLessThan(slack);
    }),
    { numRuns: count({ test: 200, pr: 2_000, slow: 20_000 }) },
  );
});

test('clusters are kept for inspection, the largest first', () => {
  const text = randomText(new SeededRandom(9), 'en');
  const copies = ['a', 'b', 'c'].map((id) => documentOf(text, { id }));
  const [first] = plant(10, 1);
  if (first === undefined) throw new Error('nothing was planted');
  const documents = [...copies, first.original, first.near, first.half];
  const { duplicates, ids, survivorOf } = survivors({ documents });
  const [largest, second, ...rest] = largestClusters(duplicates, 5);
  expect(rest).toEqual([]);
  expect(largest?.size).toBe(3);
  expect(largest?.duplicates.map((index) => ids[index])).toEqual(
    ['a', 'b', 'c'].filter((id) => id !== survivorOf.get('a')),
  );
  expect(second?.size).toBe(2);
  const [a, b, near] = [copies[0], copies[1], first.near].map((each) =>
    signatureOf(each as Document),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  expect(dropOfDuplicate(a, b, 0.7)).toEqual({ reason: 'duplicate: exact', value: 1, limit: 1 });
  const drop = dropOfDuplicate(near, signatureOf(first.original), 0.7);
  expect(drop).toEqual({ reason: 'duplicate: near', value: expect.closeTo(0.92, 1), limit: 0.7 });
});

test('texts without words, and code with other signs, are not taken for each other', () => {
  const documents = [
    documentOf('!!!', { id: 'marks' }),
    documentOf('???', { id: 'questions' }),
    documentOf('', { id: 'empty' }),
    documentOf('a + b', { id: 'sum', kind: 'code' }),
    documentOf('a - b', { id: 'difference', kind: 'code' }),
    documentOf('a  +  b\n\n', { id: 'spaced sum', kind: 'code' }),
    ...Array.from({ length: 600 }, (_, i) => documentOf(`word${i}`, { id: `word ${i}` })),
  ];
  const { survivorOf } = survivors({ documents });
  const sums = ['sum', 'spaced sum', 'difference'].map((id) => survivorOf.get(id));
  expect(sums[0]).toBe(sums[1]);
  for (const { id } of documents) if (!id.includes('sum')) expect(survivorOf.get(id)).toBe(id);
});

test('a file that was cut is refused', () => {
  const path = join(folder, 'cut.signatures');
  writeFileSync(path, Buffer.alloc(130));
  expect(() => findDuplicates([{ path, generation: 0 }])).toThrow('got 130 bytes');
});

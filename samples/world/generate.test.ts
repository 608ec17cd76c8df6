import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { count } from '../../tests/tier.ts';
import { generateWorld, type WorldDocument, type WorldSize } from './index.ts';

const sizeBytes = count({ test: 400_000, pr: 10_000_000, slow: 100_000_000 });

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 3_600_000 }) });

function digest(documents: Iterable<WorldDocument>): string {
  const hash = createHash('sha256');
  for (const document of documents) hash.update(JSON.stringify(document));
  return hash.digest('hex');
}

describe('one seed gives one text', () => {
  // These change only with the tables and writers themselves. A run that trained on the old text does
  // not resume on the new one, so say so in the log when you change them.
  test.each([
    ['village', '4321c8dd82f07cbaec20bff7c398452c312afa3d796b3de47363725d2f33b521'],
    ['town', 'acf390f9bf4688cc19b187ae85769964fa78c3ef449bf51ba4cd2a630e0fdb20'],
    ['country', '2179ef982d02a0d54307da87afc784cdb366bf940cfde499b286707613415b9d'],
  ] as const)('the %s of seed 7', (size, expected) => {
    expect(digest(generateWorld({ seed: 7, size, numDocuments: 200 }))).toBe(expected);
  });

  test('another seed gives another text', () => {
    const [one, other] = [1, 2].map((seed) => digest(generateWorld({ seed, numDocuments: 20 })));
    expect(one).not.toBe(other);
  });

  test('a larger text begins with the smaller one', () => {
    const small = [...generateWorld({ seed: 1, sizeBytes: 20_000 })];
    const large = [...generateWorld({ seed: 1, sizeBytes: 40_000 })];
    expect(large.slice(0, small.length)).toEqual(small);
  });

  test('shards together are the whole', () => {
    const whole = [...generateWorld({ seed: 1, numDocuments: 50 })];
    const shards = [0, 1, 2].flatMap((shard) => [
      ...generateWorld({ seed: 1, numDocuments: 50, shard, numShards: 3 }),
    ]);
    expect(shards.sort((a, b) => a.index - b.index)).toEqual(whole);
  });
});

describe('a text', () => {
  const sizes: readonly WorldSize[] = ['hamlet', 'village', 'town', 'country'];

  test.each(sizes)('of the %s is as long as asked, valid and whole', (size) => {
    let numBytes = 0;
    for (const { text, title, kind, id } of generateWorld({ seed: 2, size, sizeBytes })) {
      const bytes = Buffer.from(text);
      numBytes += bytes.length;
      expect(text, id).toMatch(/[^\n]\n$/);
      if (kind === 'story' || kind === 'news') expect(text, id).toContain(title);
      if (bytes.toString() !== text || text.includes('\ufffd')) throw new Error(`${id}: not UTF-8`);
    }
    expect(numBytes).toBeLessThanOrEqual(sizeBytes);
    expect(numBytes).toBeGreaterThan(sizeBytes - 5_000);
  });

  test('has no holes, no doubled marks and no wrong articles', () => {
    for (const { kind, text, id } of generateWorld({ seed: 3, sizeBytes })) {
      if (kind === 'code') continue;
      expect(text, id).not.toMatch(/[{}]|undefined|null|[。，？]{2}| {2}| [,.?]|\b(\w+) \1\b(?!')/);
      expect(text, id).not.toMatch(/(?<!')\b(?:[Aa] [aeio]|[Aa]n [^aeiouhAEIOUH])|\.\.$/m);
    }
  });

  test('is told in the language it says', () => {
    for (const { language, kind, text, id } of generateWorld({ seed: 4, numDocuments: 2_000 })) {
      if (language === 'both' || kind === 'code') continue;
      const numChinese = text.match(/[\u4e00-\u9fff]/gu)?.length ?? 0;
      const numLatin = text.match(/[A-Za-z]/g)?.length ?? 0;
      // Poems are quoted in Chinese, and a sum in digits has no letters at all.
      if (language === 'zh') expect(numLatin, id).toBeLessThanOrEqual(numChinese);
      else if (!/[“”"。，]/.test(text)) expect(numChinese, id).toBe(0);
    }
  });

  test('can be of one kind only', () => {
    const weights = { story: 1, encyclopaedia: 0, dialogue: 0, news: 0, translation: 0 };
    const none = { arithmetic: 0, code: 0, poem: 0 };
    const kinds = [
      ...generateWorld({ seed: 1, numDocuments: 50, weights: { ...weights, ...none } }),
    ];
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['story']));
  });
});

describe('wrong settings are refused', () => {
  test.each([
    [{ seed: 1 }, 'must be sizeBytes or numDocuments, got neither'],
    [{ seed: 1, sizeBytes: 1, numDocuments: 1 }, 'got both'],
    [{ seed: 1, sizeBytes: -1 }, 'must be a whole number, got -1'],
    [{ seed: 1, numDocuments: Number.NaN }, 'got NaN'],
    [{ seed: 1, numDocuments: 1, shard: 2, numShards: 2 }, 'got shard 2 of 2'],
    [{ seed: -1, numDocuments: 1 }, 'seed must'],
  ])('%j', (config, message) => {
    expect(() => [...generateWorld(config)]).toThrow(message);
  });
});

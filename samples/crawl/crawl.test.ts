import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { count } from '../../tests/tier.ts';
import { type CrawlPage, generateCrawl, kindShares, type PageKind, similarity } from './index.ts';

const numPages = count({ test: 400, pr: 4_000, slow: 20_000 });

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 3_600_000 }) });
const pages = [...generateCrawl({ seed: 3, size: 'village', numPages })];
const byId = new Map(pages.map((page) => [page.id, page]));

function ofKind(...kinds: PageKind[]): CrawlPage[] {
  return pages.filter(({ truth }) => kinds.includes(truth.kind));
}

function html({ bytes }: CrawlPage): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function escaped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

test('one seed gives one crawl, in whole and in shards', () => {
  const hash = createHash('sha256');
  for (const { url, bytes, truth } of generateCrawl({ seed: 7, numPages: 60 })) {
    hash.update(url).update(bytes).update(JSON.stringify(truth));
  }
  expect(hash.digest('hex')).toBe(
    'da4f619b235c10ea5927fb2a0e9b3a4db7381da43510d8dedcbb5db9ddf77179',
  );
  const shards = [0, 1].flatMap((shard) => [
    ...generateCrawl({ seed: 3, size: 'village', numPages: 40, shard, numShards: 2 }),
  ]);
  expect(shards.sort((a, b) => a.index - b.index)).toEqual(pages.slice(0, 40));
});

test('every kind comes about as often as said', () => {
  for (const [kind, share] of Object.entries(kindShares) as [PageKind, number][]) {
    const expected = (numPages * share) / 100;
    const slack = 4 * Math.sqrt(expected);
    expect(Math.abs(ofKind(kind).length - expected), kind).toBeLessThan(slack);
  }
});

test('pages hold their text, whole and escaped, among the furniture', () => {
  for (const page of ofKind(
    'article',
    'exact-duplicate',
    'near-duplicate',
    'half-duplicate',
    'spam',
  )) {
    const source = html(page);
    expect(source.endsWith('</html>\n')).toBe(true);
    for (const line of page.truth.text.split('\n')) {
      expect(source, page.id).toContain(`<p>${escaped(line)}</p>`);
    }
  }
  for (const { truth } of ofKind('boilerplate')) expect(truth.text).toBe('');
});

test('duplicates repeat an article before them, as much of it as they say', () => {
  for (const { id, index, truth } of ofKind(
    'exact-duplicate',
    'near-duplicate',
    'half-duplicate',
  )) {
    const original = byId.get(truth.duplicateOf ?? '');
    if (original === undefined) throw new Error(`${id} repeats nothing`);
    expect(original.truth.kind).toBe('article');
    expect(original.index).toBeLessThan(index);
    const measured = similarity(original.truth.text, truth.text, truth.language);
    expect(truth.similarity).toBe(measured);
    const [least, most] = similarityBounds[truth.kind] ?? [0, 0];
    expect(measured, id).toBeGreaterThanOrEqual(least);
    expect(measured, id).toBeLessThanOrEqual(most);
    if (truth.kind === 'exact-duplicate') expect(truth.text).toBe(original.truth.text);
    else expect(truth.text).not.toBe(original.truth.text);
  }
});

const similarityBounds: Partial<Record<PageKind, readonly [number, number]>> = {
  'exact-duplicate': [1, 1],
  'near-duplicate': [0.9, 0.99],
  'half-duplicate': [0.3, 0.5],
};

test('pages that repeat nothing are unlike each other', () => {
  const some = ofKind('article', 'garbled', 'truncated').slice(
    0,
    count({ test: 100, pr: 300, slow: 1_000 }),
  );
  for (const [i, one] of some.entries()) {
    for (const other of some.slice(0, i)) {
      if (one.truth.language !== other.truth.language) continue;
      const alike = similarity(one.truth.text, other.truth.text, one.truth.language);
      expect(alike, `${one.id} ${other.id}`).toBeLessThan(0.5);
    }
  }
});

test('garbled pages have lost their text, truncated ones their end', () => {
  for (const page of ofKind('garbled')) {
    const source = html(page);
    const lines = page.truth.text.split('\n').filter((line) => line.length > 30);
    expect(
      lines.filter((line) => source.includes(escaped(line))),
      page.id,
    ).toEqual([]);
  }
  for (const { bytes, truth, id } of ofKind('truncated')) {
    const source = new TextDecoder().decode(bytes);
    expect(source, id).not.toContain('</html>');
    const last = truth.text.split('\n').at(-1) ?? '';
    expect(source, id).not.toContain(`<p>${escaped(last)}</p>`);
    expect(source, id).toContain('<h1>');
  }
});

test('personal data stands in the text of some pages, and is of nobody', () => {
  const some = pages.filter(({ truth }) => truth.personalData.length > 0);
  expect(some.length).toBeGreaterThan(0);
  for (const { truth, id } of some) {
    for (const item of truth.personalData) {
      expect(truth.text, id).toContain(item);
      expect(item).toMatch(
        /@example\.(com|org|net)$|^010-000001\d\d$|^\+1 202 555 01\d\d$|^13800138000$/,
      );
    }
  }
});

test('wrong settings are refused', () => {
  expect(() => [...generateCrawl({ seed: 1, numPages: -1 })]).toThrow('got -1 pages');
  expect(() => [...generateCrawl({ seed: 1, numPages: 1, shard: 1 })]).toThrow('shard 1 of 1');
});

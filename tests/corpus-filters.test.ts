/** What the filters make of the samples' dirty crawl, whose truth is known. */
import { expect, test, vi } from 'vitest';
import { type CrawlPage, generateCrawl, type PageKind } from '../samples/index.ts';
import {
  applyFilters,
  createExtractor,
  type Document,
  makeFilters,
  webRules,
} from '../src/corpus/index.ts';
import { count } from './tier.ts';

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 600_000, slow: 3_600_000 }) });

const numPages = count({ test: 1_200, pr: 20_000, slow: 200_000 });
const filters = await makeFilters(webRules);
const extract = await createExtractor();
const pages = [...generateCrawl({ seed: 2, size: 'village', numPages })].map((page) => {
  const { id, url, bytes } = page;
  const origin = { id, url, file: `${id}.html`, source: 'crawl' };
  const extracted = extract({ ...origin, content: { kind: 'html', bytes } });
  const verdict = 'drop' in extracted ? extracted : applyFilters(filters, extracted.document);
  return { page, verdict };
});

/** What a page is by the reason of its drop: the kinds are told apart by who drops them. */
function kindOf({ verdict }: (typeof pages)[number]): string {
  if ('document' in verdict) return 'kept';
  const { reason } = verdict.drop;
  if (reason === 'extraction: garbled' || reason.startsWith('garbled: ')) return 'garbled';
  if (reason.startsWith('words: ')) return 'spam';
  return emptyReasons.has(reason) ? 'boilerplate' : 'other';
}

/** Whether extraction gave a garbled page its text back: UTF-8 that was read as Latin-1. */
function isRepaired({ page: { truth }, verdict }: (typeof pages)[number]): boolean {
  const longest = truth.text.split('\n').sort((a, b) => b.length - a.length)[0] ?? '';
  return (
    truth.kind === 'garbled' && 'document' in verdict && verdict.document.text.includes(longest)
  );
}

const emptyReasons: ReadonlySet<string> = new Set([
  'chinese: too few characters',
  'extraction: no content',
  'gopher: too few words',
  'language: none recognised',
]);

test.each([
  ['spam', 'en'],
  ['spam', 'zh'],
  ['boilerplate', 'en'],
  ['boilerplate', 'zh'],
  ['garbled', 'en'],
  ['garbled', 'zh'],
])('%s in %s is found for what it is, and nothing else is', (kind, language) => {
  const ours = pages.filter(({ page }) => page.truth.language === language);
  const truth = new Set(ours.filter((each) => each.page.truth.kind === kind && !isRepaired(each)));
  const found = ours.filter((each) => kindOf(each) === kind);
  const numRight = found.filter((each) => truth.has(each)).length;
  expect(truth.size).toBeGreaterThan(20);
  expect(numRight / truth.size, 'recall').toBeGreaterThanOrEqual(0.95);
  expect(numRight / found.length, 'precision').toBeGreaterThanOrEqual(0.95);
});

test.each(['en', 'zh'])('articles in %s are kept', (language) => {
  const wanted: readonly PageKind[] = ['article', 'half-duplicate'];
  const articles = pages.filter(
    ({ page: { truth } }) => truth.language === language && wanted.includes(truth.kind),
  );
  const kept = articles.filter((each) => kindOf(each) === 'kept');
  expect(kept.length / articles.length).toBeGreaterThanOrEqual(0.95);
});

test('every drop is named, with the number that decided and its limit', () => {
  for (const { verdict } of pages) {
    if (!('drop' in verdict)) continue;
    expect(verdict.drop.reason).toMatch(/^[a-z0-9]+: \S/);
    if (verdict.drop.reason.startsWith('extraction: ')) continue;
    expect(verdict.drop).toMatchObject({ value: expect.anything(), limit: expect.anything() });
  }
});

test('no personal data of an article is left', () => {
  const texts = new Map<CrawlPage, Document>();
  for (const { page, verdict } of pages) {
    if ('document' in verdict && page.truth.personalData.length > 0) {
      texts.set(page, verdict.document);
    }
  }
  expect(texts.size).toBeGreaterThan(10);
  for (const [page, { text }] of texts) {
    for (const item of page.truth.personalData) expect(text, page.id).not.toContain(item);
  }
});

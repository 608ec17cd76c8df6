import { expect, test } from 'vitest';
import { documentOf, prose } from '../testing/documents.ts';
import { applyFilters, makeFilters, plainRules } from './index.ts';

test('filters run in one order, whatever the order of their names', async () => {
  const names = async (rules: object) => (await makeFilters(rules)).map(({ name }) => name);
  expect(await names({ gopherQuality: {}, language: {} })).toEqual(['language', 'gopher-quality']);
  expect(await names({ language: {} })).toEqual(['language']);
});

test('the plain form of rules has every number in it, and the same JSON for the same rules', () => {
  const written = plainRules({ language: {}, gopherQuality: { minWords: 50 } });
  expect(JSON.stringify(written)).toBe(
    JSON.stringify(plainRules({ gopherQuality: {}, language: {} })),
  );
  expect(JSON.stringify(written)).toContain('"maxMeanWordLength":10');
  expect(plainRules({ gopherQuality: { minWords: 51 } })).not.toEqual(
    plainRules({ gopherQuality: {} }),
  );
});

test('the first filter that drops decides; what filters learn goes on to the next', async () => {
  const filters = await makeFilters({ language: {}, gopherQuality: {} });
  const kept = applyFilters(filters, documentOf(prose.en));
  expect(kept).toEqual({ document: documentOf(prose.en, { language: 'en' }) });
  expect(applyFilters(filters, documentOf('Der Hund schläft unter dem großen Baum.'))).toEqual({
    drop: { reason: 'language: not wanted', value: 'de', limit: 'en zh' },
  });
});

import { expect, test } from 'vitest';
import { documentOf, prose } from '../testing/documents.ts';
import { languageDefaults, languageFilter, loadDetector } from './language.ts';

const detect = await loadDetector();
const filter = languageFilter(languageDefaults, detect);

test.each(Object.entries(prose))('prose in %s is known as such', (language, text) => {
  expect(filter.judge(documentOf(text))).toEqual({ document: documentOf(text, { language }) });
});

test.each([
  ['fr', 'Le vieux moulin se trouve au bout de la vallée, là où la rivière tourne vers l’ouest.'],
  [
    'ja',
    '古い水車小屋は谷の端にあり、そこで川は西へ曲がります。春になると子供たちが蛙を探しに来ます。',
  ],
  ['ru', 'Старая мельница стоит в конце долины, там, где река поворачивает на запад.'],
])('a text in %s is dropped with its language', (language, text) => {
  expect(filter.judge(documentOf(text))).toEqual({
    drop: { reason: 'language: not wanted', value: language, limit: 'en zh' },
  });
});

test('only one script of Chinese may be wanted', () => {
  const simplified = languageFilter({ ...languageDefaults, languages: ['zh-Hans'] }, detect);
  expect(simplified.judge(documentOf(prose['zh-Hans']))).toHaveProperty('document');
  expect(simplified.judge(documentOf(prose['zh-Hant']))).toHaveProperty('drop.value', 'zh-Hant');
});

test('a text of several languages in parts is mixed', () => {
  const text = `${prose.en} ${prose.en}\n${'Der Hund schläft unter dem Baum. '.repeat(20)}`;
  const strict = languageFilter({ ...languageDefaults, minShare: 0.9 }, detect);
  expect(strict.judge(documentOf(text))).toHaveProperty('drop.reason', 'language: mixed');
});

test('code is of no language, and a text without letters of none', () => {
  const code = documentOf('for (let i = 0; i < 9; i++) print(i);', { kind: 'code' });
  expect(filter.judge(code)).toEqual({ document: code });
  expect(filter.judge(documentOf('1 2 3 — 4 5 6'))).toHaveProperty(
    'drop.reason',
    'language: none recognised',
  );
});

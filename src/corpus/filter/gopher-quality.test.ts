import { expect, test } from 'vitest';
import { documentOf, prose } from '../testing/documents.ts';
import { gopherQualityDefaults, gopherQualityFilter } from './gopher-quality.ts';

const filter = gopherQualityFilter(gopherQualityDefaults);
const words = prose.en.split(' ');

test('prose passes, and so does what other rules judge', () => {
  for (const text of Object.values(prose)) {
    expect(filter.judge(documentOf(text))).toEqual({ document: documentOf(text) });
  }
  const code = documentOf('x = 1', { kind: 'code' });
  expect(filter.judge(code)).toEqual({ document: code });
});

test.each([
  ['too few words', words.slice(0, 49).join(' '), 49, 50],
  ['words too short', `${'a b c d '.repeat(30)}the of`, 1.025, 3],
  ['words too long', `the of ${'internationalisation '.repeat(60)}`, 19.435, 10],
  ['too few words with letters', `${'1900 '.repeat(30)}${prose.en}`, 0.769, 0.8],
  ['too many hash signs', `${prose.en} ${'#'.repeat(20)}`, 0.2, 0.1],
  ['too many ellipses', `${prose.en} ${'… '.repeat(20)}`, 0.2, 0.1],
  ['too many bullets', words.map((word) => `- ${`${word} `.repeat(9)}`).join('\n'), 1, 0.9],
  ['too many lines end in ellipses', prose.en.replaceAll('. ', '...\n'), 0.833, 0.3],
  ['too few stop words', 'Seven green bottles stood there. '.repeat(12), 0, 2],
])('%s', (reason, text, value, limit) => {
  const verdict = filter.judge(documentOf(text));
  expect(verdict).toEqual({
    drop: { reason: `gopher: ${reason}`, value: expect.closeTo(value, 2), limit },
  });
});

test('too many words', () => {
  const short = gopherQualityFilter({ ...gopherQualityDefaults, maxWords: 60 });
  expect(short.judge(documentOf(prose.en))).toHaveProperty('drop.reason', 'gopher: too many words');
});

test('stop words are asked of English only', () => {
  const german = documentOf('Sieben grüne Flaschen standen dort. '.repeat(12), { language: 'de' });
  expect(filter.judge(german)).toEqual({ document: german });
});

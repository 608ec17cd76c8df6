import { expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { documentOf, prose } from '../testing/documents.ts';
import { randomText } from '../testing/planted.ts';
import { contaminationFilter, EvaluationGrams } from './index.ts';

const random = new SeededRandom(11);
const numItems = count({ test: 200, pr: 1_000, slow: 5_000 });
const items = Array.from({ length: numItems }, (_, i) =>
  randomText(random, i % 2 === 0 ? 'en' : 'zh', i % 5 === 0 ? 9 : 20 + random.int(60)),
);
const grams = new EvaluationGrams([{ name: 'exam', texts: items }]);
const filter = contaminationFilter(grams);

function shareDropped(change: (item: string) => string): number {
  const hidden = items.map((item, i) => {
    const around = randomText(random, i % 2 === 0 ? 'en' : 'zh', 300);
    return documentOf(`${around}\n${change(item)}\n${around}`);
  });
  const dropped = hidden.filter((document) => 'drop' in filter.judge(document));
  return dropped.length / numItems;
}

test('every document with an item is dropped, by the name of its set', () => {
  expect(shareDropped((item) => item)).toBe(1);
  expect(filter.judge(documentOf(items[1] ?? ''))).toEqual({
    drop: { reason: 'contamination: evaluation set', value: 'exam', limit: 13 },
  });
});

test('case, spaces and signs do not hide an item, and one changed word seldom does', () => {
  expect(shareDropped((item) => item.toUpperCase())).toBe(1);
  expect(shareDropped((item) => item.replaceAll(' ', ' \n\t '))).toBe(1);
  expect(shareDropped((item) => `“${item.replaceAll(' ', ', ')}”!`)).toBe(1);
  const longItems = items.filter((_, i) => i % 5 !== 0).length;
  const changed = shareDropped((item) => item.replace(/^\S+ |^./, 'another '));
  expect(changed).toBeGreaterThanOrEqual(longItems / numItems);
});

test('texts that share nothing with a set are kept', () => {
  for (const text of [...Object.values(prose), randomText(random, 'en', 5_000)]) {
    expect(filter.judge(documentOf(text))).toEqual({ document: documentOf(text) });
  }
});

test('items of fewer than 8 words are counted and not looked for', () => {
  const short = new EvaluationGrams([{ name: 'short', texts: ['One two three?', '春眠不觉晓'] }]);
  expect(short.numIgnored).toBe(2);
  expect(short.findIn('So: one two three? 春眠不觉晓')).toBeUndefined();
});

test('of two sets with an item, the first by name is named, whichever is given first', () => {
  const sets = ['b', 'a'].map((name) => ({ name, texts: [prose.en] }));
  for (const order of [sets, [...sets].reverse()]) {
    expect(new EvaluationGrams(order).findIn(prose.en)).toBe('a');
  }
});

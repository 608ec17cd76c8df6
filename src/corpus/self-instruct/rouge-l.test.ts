import { expect, it } from 'vitest';
import { rougeL, rougeUnits } from './rouge-l.ts';

const score = (one: string, other: string) => rougeL(rougeUnits(one), rougeUnits(other));

it.each<[string, string, number]>([
  // The sentences of Lin 2004, section 2: 3 of 4 words in order, then 2 of 4.
  ['police killed the gunman', 'police kill the gunman', 0.75],
  ['police killed the gunman', 'the gunman kill police', 0.5],
  ['Police KILLED, the gunman!', 'police killed the gunman', 1],
  ['春眠不觉晓', '春眠不知晓', 0.8],
  ['one two three', 'four', 0],
  ['', 'a b', 0],
  ['a b', 'a b c d e f', 0.5],
])('%s | %s', (one, other, expected) => {
  expect(score(one, other)).toBeCloseTo(expected, 12);
  expect(score(other, one)).toBeCloseTo(expected, 12);
});

it('does not look closer where the lengths alone decide', () => {
  const [short, long] = [rougeUnits('a b'), rougeUnits('a b c d e f')];
  expect(rougeL(short, long, 0.5)).toBe(0.5);
  expect(rougeL(short, long, 0.51)).toBe(0);
});

import { expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { estimateMean, oneSided, winsOf } from './paired-estimate.ts';

test('values that stand alone have the interval of every textbook', () => {
  const { value, low, high } = estimateMean([1, 0, 0.5, 1]);
  expect(value).toBe(0.625);
  // s² = Σ (x − 0.625)² / 3 = 0.2291667, se = √(s² / 4)
  expect(high - value).toBeCloseTo(1.96 * Math.sqrt(0.6875 / 3 / 4), 12);
  expect(value - low).toBeCloseTo(high - value, 12);
  const bound = estimateMean([1, 0, 0.5, 1], undefined, oneSided);
  expect((bound.high - value) / (high - value)).toBeCloseTo(1.645 / 1.96, 12);
});

test('a copy of every value tells nothing new', () => {
  const values = [0.2, 0.9, 0.4, 0.7, 0.1];
  const once = estimateMean(values);
  const twice = estimateMean([...values, ...values], [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  expect(twice.value).toBeCloseTo(once.value, 12);
  expect(twice.high).toBeCloseTo(once.high, 12);
  expect(estimateMean([...values, ...values]).high).toBeLessThan(once.high);
  expect(estimateMean([1, 2], ['a', 'a']).high).toBeNaN();
  expect(estimateMean([]).value).toBeNaN();
});

test('about 95 % of intervals hold the truth, also where values come in clusters', () => {
  const random = new SeededRandom(3);
  const numTrials = count({ test: 400, pr: 4_000, slow: 40_000 });
  let numInside = 0;
  for (let trial = 0; trial < numTrials; trial++) {
    const clusters = Array.from({ length: 200 }, (_, i) => i % 40);
    const common = clusters.map(() => 0);
    for (let c = 0; c < 40; c++) common[c] = random.normal();
    const values = clusters.map((c) => (common[c] ?? 0) + random.normal());
    const { low, high } = estimateMean(values, clusters);
    if (low <= 0 && high >= 0) numInside++;
  }
  expect(numInside / numTrials).toBeGreaterThan(0.9);
  expect(numInside / numTrials).toBeLessThan(0.98);
});

test('a tie is half a win', () => {
  expect(winsOf([1, 2, 3], [2, 2, 2])).toEqual([1, 0.5, 0]);
});

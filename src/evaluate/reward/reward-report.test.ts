import { expect, test } from 'vitest';
import { SeededRandom } from '../../base/index.ts';
import { formatRewardReport, rewardReport, type ScoredComparison } from '../index.ts';

const comparison = (
  scores: number[],
  ranks: number[],
  more: Partial<ScoredComparison> = {},
): ScoredComparison => ({ question: 'q', lengths: scores.map(() => 5), scores, ranks, ...more });

test('accuracy over pairs without ties, and the margins', () => {
  const report = rewardReport([
    comparison([2, 1, 0], [1, 2, 2]),
    comparison([0, 3], [1, 2]),
    comparison([1, 1], [1, 2]),
  ]);
  expect(report).toMatchObject({ numComparisons: 3, numPairs: 4 });
  expect(report.accuracy.rate).toBe(0.5);
  expect(report.accuracy.low).toBeCloseTo(0.15, 2);
  expect(report.accuracy.high).toBeCloseTo(0.85, 2);
  expect(report.margins.mean).toBe(0);
  const nats = (margin: number) => -Math.log(1 / (1 + Math.exp(-margin)));
  const means = [(nats(1) + nats(2)) / 2, nats(-3), nats(0)];
  expect(report.loss).toBeCloseTo(means.reduce((sum, mean) => sum + mean, 0) / 3, 12);
  expect(rewardReport([comparison([0, 800], [1, 2])]).loss).toBe(800);
  const { edges, counts } = report.margins;
  const at = (edge: number) => counts[edges.indexOf(edge) + 1];
  expect([at(1), at(2), at(0), at(-3)]).toEqual([1, 1, 1, 1]);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(4);
});

/** Rankings drawn from the very probabilities that scores stand for, or from sharper ones. */
function drawn(sharpness: number): ScoredComparison[] {
  const random = new SeededRandom(7);
  return Array.from({ length: 4000 }, () => {
    const scores = [2 * random.normal(), 2 * random.normal()];
    const difference = (scores[0] ?? 0) - (scores[1] ?? 0);
    const isFirst = random.next() < 1 / (1 + Math.exp(-sharpness * difference));
    return comparison(scores, isFirst ? [1, 2] : [2, 1]);
  });
}

test('scores that are log-odds are calibrated; those that claim too much are not', () => {
  const honest = rewardReport(drawn(1)).reliability;
  expect(honest.calibrationError).toBeLessThan(0.03);
  for (const { numPairs, predicted, from, to } of honest.bins) {
    expect(numPairs).toBeGreaterThan(100);
    expect(predicted).toBeGreaterThanOrEqual(from);
    expect(predicted).toBeLessThanOrEqual(to);
  }
  expect(rewardReport(drawn(0.2)).reliability.calibrationError).toBeGreaterThan(0.15);
});

test('a model that likes long answers shows, one that likes long prompts does not', () => {
  const long = [comparison([1, 2], [1, 2], { lengths: [10, 30] })];
  expect(rewardReport(long).lengthCorrelation).toBeCloseTo(1, 12);
  const prompts = [
    comparison([10, 11, 9], [1, 2, 3], { lengths: [100, 101, 101] }),
    comparison([0, -1, 1], [1, 2, 3], { lengths: [1, 2, 2] }),
  ];
  expect(rewardReport(prompts).lengthCorrelation).toBeCloseTo(0, 12);
});

test('raters agree where both prefer the same', () => {
  const { raters } = rewardReport([
    comparison([0, 0, 0], [1, 2, 3], { rater: 'b' }),
    comparison([0, 0, 0], [1, 3, 2], { rater: 'a' }),
    comparison([0, 0, 0], [1, 1, 1], { rater: 'c' }),
    comparison([0, 0], [1, 2], { rater: 'c', question: 'other' }),
  ]);
  expect(raters.raters).toEqual(['a', 'b', 'c']);
  expect(raters.agreement).toEqual([
    [null, 2 / 3, null],
    [2 / 3, null, null],
    [null, null, null],
  ]);
  expect(raters.mean).toBe(2 / 3);
});

test('a report for people', () => {
  const rankings = [
    comparison([2, 0.3], [1, 2], { rater: 'ann' }),
    comparison([2, 0.3], [2, 1], { rater: 'bo' }),
  ];
  const text = formatRewardReport(rewardReport(rankings));
  expect(text).toContain('2 pairs of 2 rankings');
  expect(text).toContain('accuracy 50.0 % (95 %: 9.5 % to 90.5 %), mean margin 0.000, loss 1.018');
  expect(text).toMatch(/from 1.5 {3}█+ 1\n/);
  expect(text).toContain('80.0 % to 90.0 %   50.0 %  of 2');
  expect(text).toContain('raters agree with each other on 0.0 % of pairs');
  expect(formatRewardReport(rewardReport([comparison([1, 2], [1, 2])]))).not.toContain('raters');
});

test('what the noise of raters allows is told beside what was reached', () => {
  const { bound } = rewardReport([
    comparison([3, 2, 1], [1, 2, 3], { gold: [3, 2, 2] }),
    comparison([1, 2], [1, 2], { gold: [0, 1] }),
    comparison([1, 2], [2, 1], { gold: [0, 1] }),
    comparison([2, 1], [1, 2]),
  ]);
  expect(bound).toMatchObject({ numPairs: 5, rate: 3.5 / 5, accuracy: 4 / 5 });
  expect(bound?.ratio).toBeCloseTo(4 / 3.5, 12);
  expect(rewardReport([comparison([2, 1], [1, 2])]).bound).toBeNull();
  const text = formatRewardReport(rewardReport([comparison([2, 1], [1, 2], { gold: [1, 0] })]));
  expect(text).toContain("the raters' noise allows 100.0 % on 1 pairs; reached 100.0 %");
});

test('a score that is no number is never right', () => {
  const { accuracy } = rewardReport([comparison([Number.NaN, 0, 1], [1, 2, 3])]);
  expect(accuracy.rate).toBe(0);
});

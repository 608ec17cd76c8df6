/** What must hold whatever the numbers are: padding, finite differences, signs, known values. */
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { grad, scope, setNumThreads, type Tensor, tensor } from '../tensor/index.ts';
import {
  addPretrainGradient,
  answerMasks,
  checkKlControl,
  finalScores,
  generalizedAdvantages,
  instructGptKl,
  instructGptMix,
  klEstimate,
  maskedWhiten,
  nextBeta,
  pairDifferences,
  policyLoss,
  rankedPairs,
  ratioSigns,
  rewardLoss,
  shapedRewards,
  valueLoss,
  zieglerKl,
} from './index.ts';
import { type RandomCase, randomCase } from './testing/random-case.ts';

beforeAll(() => setNumThreads(1));

const f64 = (values: number[] | number[][]) => tensor(values, { dtype: 'float64' });

test('k3 is never negative, however near or far the two are', () => {
  const logprob = fc.double({ min: -40, max: 0, noNaN: true });
  const tiny = fc.double({ min: -1e-6, max: 1e-6, noNaN: true });
  const numRuns = count({ test: 200, pr: 1000, slow: 10_000 });
  fc.assert(
    fc.property(
      logprob,
      fc.oneof(logprob, tiny),
      fc.constantFrom('float32', 'float64'),
      (a, b, dtype) =>
        scope(() => {
          const pair = [a, Math.abs(b) < 1e-6 ? a + b : b].map((x) => tensor([x], { dtype }));
          return klEstimate(pair[0] as Tensor, pair[1] as Tensor, 'k3').item() >= 0;
        }),
    ),
    { numRuns },
  );
});

/** Losses of one case as functions of what they are differentiated by. */
const losses: Record<
  string,
  [(item: RandomCase) => Tensor, (item: RandomCase, leaf: Tensor) => Tensor]
> = {
  reward: [
    ({ answerRewards }) => answerRewards,
    ({ rankings }, leaf) => rewardLoss(leaf, rankings, { margin: 0.1 }),
  ],
  policy: [
    ({ logprobs }) => logprobs,
    ({ old, advantages, lengths }, leaf) =>
      policyLoss({ logprobs: leaf, oldLogprobs: old, advantages, mask: tokensOf(lengths, leaf) }),
  ],
  value: [
    ({ values }) => values,
    ({ oldValues, rewards, lengths }, leaf) =>
      valueLoss({ values: leaf, oldValues, returns: rewards, mask: tokensOf(lengths, leaf) }),
  ],
};

function tokensOf(lengths: readonly number[], like: Tensor): Tensor {
  return answerMasks(lengths, like.size(1)).tokens;
}

test.each(Object.entries(losses))(
  'the gradient of the %s loss by finite differences',
  (_, [of, loss]) => {
    const step = 1e-5;
    for (let number = 0; number < count({ test: 12, pr: 100, slow: 1000 }); number++) {
      scope(() => {
        const item = randomCase(number, 'float64');
        const leaf = of(item);
        leaf.requiresGrad = true;
        const analytic = grad([loss(item, leaf)], [leaf])[0]
          ?.reshape([-1])
          .toArray() as number[];
        const values = Array.from(leaf.toTypedArray(), Number);
        for (const [i, expected] of analytic.entries()) {
          const at = (change: number) => {
            const moved = values.with(i, (values[i] as number) + change);
            return loss(item, tensor(Float64Array.from(moved), { shape: leaf.shape })).item();
          };
          // A kink of the clip between the two points would show as half a slope.
          expect(Math.abs((at(step) - at(-step)) / (2 * step) - expected)).toBeLessThan(1e-8);
        }
      });
    }
  },
);

/** Losses, gradients and advantages of answers of 2 and 1 tokens; `padding` stands behind them. */
function withPadding(padding: number): Record<string, unknown> {
  const { tokens: mask } = answerMasks([2, 1], 3);
  const padded = (a: number, b: number, c: number) =>
    f64([
      [a, b, padding],
      [c, padding, padding],
    ]);
  const [logprobs, values] = [padded(-1, -2, -0.5), padded(0.1, 0.2, 0.3)];
  logprobs.requiresGrad = true;
  values.requiresGrad = true;
  const [oldLogprobs, advantages] = [padded(-1.1, -2.4, -0.6), padded(1, -1, 0.5)];
  const policy = policyLoss({ logprobs, oldLogprobs, advantages, mask });
  const [oldValues, returns] = [padded(0, 0.5, 0.3), padded(1, 1, -1)];
  const value = valueLoss({ values, oldValues, returns, mask });
  const estimated = generalizedAdvantages(padded(1, 2, 3), padded(4, 5, 6), mask);
  return {
    losses: [policy.item(), value.item()],
    gradients: grad([policy, value], [logprobs, values]).map((g) => g?.toArray()),
    whitened: maskedWhiten(padded(1, 2, 4), mask).toArray(),
    estimated: [estimated.advantages.toArray(), estimated.returns.toArray()],
  };
}

test('padding has no part in any loss, even where it holds NaN', () => {
  scope(() => {
    const clean = withPadding(5);
    expect(withPadding(Number.NaN)).toEqual(clean);
    for (const [first = [], second = []] of clean.gradients as number[][][]) {
      expect([first[2], second[1], second[2]]).toEqual([0, 0, 0]);
      expect(first[0]).not.toBe(0);
    }
  });
});

test('all pairs of a ranking once, without ties; one prompt counts as much as another', () => {
  expect(rankedPairs([2, 1, 2])).toEqual([
    [1, 0],
    [1, 2],
  ]);
  expect(rankedPairs([1, 2, 3, 4, 5, 6, 7, 8, 9])).toHaveLength(36);
  expect(() => rankedPairs([1])).toThrow(/a ranking must have 2 to 9 answers with a number each/);
  expect(() => rankedPairs([1, Number.NaN])).toThrow(/got ranks \[1, NaN\]/);
  scope(() => {
    const rewards = f64([3, 1, 0, 0, 0.5, -0.5]);
    // Of the second prompt nothing is left, and the third has one pair.
    const rankings = [
      [1, 2],
      [1, 1],
      [2, 1],
    ];
    const wanted = (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(1))) / 2;
    expect(rewardLoss(rewards, rankings).item()).toBeCloseTo(wanted, 14);
    expect(pairDifferences(rewards, rankings).differences.toArray()).toEqual([2, -1]);
    expect(rewardLoss(f64([1, 2]), [[1, 1]]).item()).toBe(0);
    expect(() => rewardLoss(rewards, [[1, 2]])).toThrow(/one for each of the 2 ranked answers/);
    // A reward model in bfloat16 is compared in float32.
    const coarse = tensor([1, 2], { dtype: 'bfloat16' });
    expect(pairDifferences(coarse, [[1, 2]]).differences.dtype).toBe('float32');
  });
});

test('the score stands on the last token, or behind it where there is room', () => {
  scope(() => {
    const scores = f64([10, 20]);
    const kl = f64([
      [1, 2, 9],
      [1, 2, 3],
    ]);
    const at = (scoreAt: 'last token' | 'after') =>
      shapedRewards(scores, kl, [2, 3], { beta: 0.5, scoreAt }).toArray();
    expect(at('last token')).toEqual([
      [-0.5, 9, 0],
      [-0.5, -1, 18.5],
    ]);
    expect(at('after')).toEqual([
      [-0.5, -1, 10],
      [-0.5, -1, 18.5],
    ]);
    expect(() => shapedRewards(scores, kl, [0, 3], { beta: 1 })).toThrow(/length of answer 0/);
    const finished = [true, false];
    const final = (unfinished: Parameters<typeof finalScores>[2]) =>
      finalScores(scores, finished, unfinished).toArray();
    expect(final({ type: 'fixed', score: -1 })).toEqual([10, -1]);
    expect(final({ type: 'penalty', penalty: 1 })).toEqual([10, 19]);
    expect(final({ type: 'none' })).toEqual([10, 20]);
  });
});

test('β as published', () => {
  expect([instructGptKl, zieglerKl, instructGptMix]).toEqual([
    { type: 'fixed', beta: 0.02 },
    { type: 'adaptive', beta: 0.15, target: 6, horizon: 10_000 },
    { gamma: 27.8, ratio: 8 },
  ]);
  expect(nextBeta(instructGptKl, 0.02, 50, 512)).toBe(0.02);
  // Errors beyond 0.2 count as 0.2; after a horizon of episodes β has changed by a fifth.
  expect(nextBeta(zieglerKl, 0.15, 60, 10_000)).toBeCloseTo(0.18, 15);
  expect(nextBeta(zieglerKl, 0.15, 0, 5_000)).toBeCloseTo(0.135, 15);
  expect(nextBeta(zieglerKl, 0.15, 6.6, 512)).toBeCloseTo(0.15 * (1 + 0.1 * 0.0512), 15);
  expect(() => checkKlControl({ ...zieglerKl, target: 0 } as typeof zieglerKl)).toThrow(
    /kl.target must be above 0, got 0/,
  );
  expect(() => checkKlControl({ type: 'fixed', beta: -1 })).toThrow(/kl.beta must be 0 or more/);
});

test('ratios tell how far an update went', () => {
  scope(() => {
    const terms = {
      logprobs: f64([[Math.log(0.5), Math.log(0.6), 8]]),
      oldLogprobs: f64([[Math.log(0.5), Math.log(0.3), -8]]),
      advantages: f64([[1, 1, 1]]),
      mask: answerMasks([2], 3).tokens,
    };
    const signs = ratioSigns(terms);
    expect(signs.ratioMean).toBeCloseTo(1.5, 12);
    expect(signs.clipFraction).toBe(0.5);
    expect(signs.approximateKl).toBeCloseTo(Math.log(2) ** 2 / 4, 12);
  });
});

test('γ multiplies the gradient of the mean loss, over all micro-batches together', () => {
  scope(() => {
    const weight = f64([1, 2]);
    weight.requiresGrad = true;
    for (const factor of [1, 3]) addPretrainGradient(weight.mul(factor).mean(), 27.8, 2);
    expect(weight.grad?.toArray()).toEqual([27.8, 27.8]);
  });
});

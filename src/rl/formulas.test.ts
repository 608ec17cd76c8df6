/**
 * Every formula against independent Python on random cases (H2): float64 to 1e-12, float32 to 1e-5
 * of the largest magnitude. The fixture is of tools/fixtures/rl.py.
 */
import { expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { grad, loadSafetensors, scope, setNumThreads, type Tensor } from '../tensor/index.ts';
import {
  answerMasks,
  finalScores,
  generalizedAdvantages,
  klEstimate,
  maskedWhiten,
  nextBeta,
  policyLoss,
  rewardLoss,
  shapedRewards,
  valueLoss,
  zieglerKl,
} from './index.ts';
import { type RandomCase, randomCase } from './testing/random-case.ts';

const file = new URL('./fixtures/rl.safetensors', import.meta.url).pathname;

const tolerance = { float64: 1e-12, float32: 1e-5 } as const;

const numCases = count({ test: 100, pr: 1000, slow: 1000 });

test.each(['float64', 'float32'] as const)('%s: all formulas', (dtype) => {
  setNumThreads(1);
  const expected = readExpected();
  const places = new Map<string, number>();
  const worst = new Map<string, number>();
  for (let number = 0; number < numCases; number++) {
    for (const [name, numbers] of scope(() => computed(randomCase(number, dtype), number))) {
      const start = places.get(name) ?? 0;
      places.set(name, start + numbers.length);
      const wanted = expected.get(name)?.slice(start, places.get(name)) ?? [];
      worst.set(name, Math.max(worst.get(name) ?? 0, relativeError(numbers, wanted)));
    }
  }
  expect([...worst.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, error] of worst) expect(error, name).toBeLessThanOrEqual(tolerance[dtype]);
  if (numCases === 1000) {
    for (const [name, end] of places) expect(expected.get(name)?.length, name).toBe(end);
  }
});

function readExpected(): Map<string, number[]> {
  const tensors = [...loadSafetensors(file)];
  const numbers = tensors.map(([name, t]) => [name, Array.from(t.toTypedArray(), Number)] as const);
  for (const [, stored] of tensors) stored.dispose();
  return new Map(numbers);
}

/** The results of one case by the names of the fixture. */
function computed(item: RandomCase, number: number): [string, number[]][] {
  const { lengths, finished, beta, logprobs, values, reference } = item;
  const masks = answerMasks(lengths, logprobs.size(1));
  const scoreAt = number % 2 === 1 ? 'after' : 'last token';
  const scores = finalScores(item.scores, finished, { type: 'fixed', score: -1 });
  const options = [
    { gamma: 1, lambda: 0.95 },
    { gamma: 0.99, lambda: 0.5 },
    { gamma: 1, lambda: 1 },
    { gamma: 0.9, lambda: 0 },
  ][number % 4];
  const valueMask = scoreAt === 'after' ? masks.states : masks.tokens;
  const { advantages, returns } = generalizedAdvantages(item.rewards, values, valueMask, options);
  const kl = klEstimate(logprobs, reference);
  const tensors: Record<string, Tensor> = {
    k1: kl,
    k2: klEstimate(logprobs, reference, 'k2'),
    k3: klEstimate(logprobs, reference, 'k3'),
    shapedRewards: shapedRewards(scores, kl, lengths, { beta, scoreAt }),
    scaledRewards: maskedWhiten(item.rewards, masks.tokens, { shiftMean: false }),
    whitenedAdvantages: maskedWhiten(item.advantages, masks.tokens),
    ...{ advantages, returns },
    ...losses(item, masks.tokens),
  };
  const numbers = Object.entries(tensors).map(([name, result]): [string, number[]] => [
    name,
    Array.from(result.toTypedArray(), Number),
  ]);
  return [...numbers, ['nextBeta', [nextBeta(zieglerKl, beta, item.meanKl, item.numEpisodes)]]];
}

/** The three losses with their gradients. */
function losses(item: RandomCase, mask: Tensor): Record<string, Tensor> {
  const { answerRewards, rankings, logprobs, values, oldValues } = item;
  for (const leaf of [answerRewards, logprobs, values]) leaf.requiresGrad = true;
  const ofRewards = rewardLoss(answerRewards, rankings);
  const ofPolicy = policyLoss({
    logprobs,
    oldLogprobs: item.old,
    advantages: item.advantages,
    mask,
  });
  const ofValues = valueLoss({ values, oldValues, returns: item.rewards, mask });
  const gradientOf = (loss: Tensor, leaf: Tensor) => grad([loss], [leaf])[0] as Tensor;
  return {
    rewardLoss: ofRewards,
    rewardGradient: gradientOf(ofRewards, answerRewards),
    policyLoss: ofPolicy,
    policyGradient: gradientOf(ofPolicy, logprobs),
    valueLoss: ofValues,
    valueGradient: gradientOf(ofValues, values),
  };
}

/** The largest difference, relative to the largest magnitude. NaN when the lengths differ. */
function relativeError(actual: readonly number[], wanted: readonly number[]): number {
  if (actual.length !== wanted.length) return Number.NaN;
  const largest = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-3);
  return actual.reduce((most, x, i) => Math.max(most, Math.abs(x - (wanted[i] ?? 0))), 0) / largest;
}

/**
 * Faults put into real runs of a tiny model, in the functions of src/rl and in the numbers: each is
 * noticed within five updates, and runs without one are left alone.
 */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { TinyPpo } from '../../../tests/tiny-ppo.ts';
import { setNumThreads } from '../../tensor/index.ts';
import type { PpoConfig } from './config.ts';

const fault = vi.hoisted(() => ({ name: '', numValueLosses: 0 }));

type Rl = typeof import('../../rl/index.ts');

vi.mock('../../rl/index.ts', async (original) => {
  const real = await original<Rl>();
  return { ...real, ...inLosses(real), ...inMeasures(real), ...inStates(real) };
});

function is(name: string): boolean {
  return fault.name === name;
}

function inLosses(real: Rl): Partial<Rl> {
  return {
    policyLoss(terms, options) {
      const advantages = is('wrong sign') ? terms.advantages.neg() : terms.advantages;
      return real.policyLoss({ ...terms, advantages }, options);
    },
    valueLoss(terms, options) {
      const isBroken = is('value loss out of hand') && ++fault.numValueLosses > 12;
      return real.valueLoss(terms, options).mul(isBroken ? 1e6 : 1);
    },
  };
}

function inMeasures(real: Rl): Partial<Rl> {
  return {
    shapeRollout({ scores, values, referenceLogprobs, ...measured }, config) {
      const factor = is('NaN score') ? Number.NaN : is('one score') ? 0 : 1;
      const rollout = real.shapeRollout(
        {
          ...measured,
          scores: scores.mul(factor),
          values: values.mul(is('NaN value') ? Number.NaN : 1),
          referenceLogprobs: referenceLogprobs.sub(is('another reference') ? 1 : 0),
        },
        config,
      );
      const more = is('infinite advantage') ? Infinity : 0;
      return { ...rollout, advantages: rollout.advantages.add(more) };
    },
    rolloutRecords(rollout, texts) {
      const logprobs = rollout.logprobs.sub(is('stale policy') ? 0.3 : 0);
      return real.rolloutRecords({ ...rollout, logprobs }, texts);
    },
  };
}

function inStates(real: Rl): Partial<Rl> {
  /** The temperature of sampling is forgotten. */
  const cold = <T extends object | undefined>(options: T) =>
    is('another temperature') ? { ...options, temperature: 1 } : options;
  return {
    packedStates(model, batch) {
      const last = batch.sequences.size(0) * batch.sequences.size(1) - 1;
      const shift = is('state after the token') ? 1 : 0;
      const packedPlaces = batch.packedPlaces.add(shift).clampMax(last);
      return real.packedStates(model, { ...batch, packedPlaces });
    },
    tokenLogprobs: (hidden, layer, tokens, options) =>
      real.tokenLogprobs(hidden, layer, tokens, cold(options)),
    logprobsAndEntropies: (hidden, layer, tokens, options) =>
      real.logprobsAndEntropies(hidden, layer, tokens, cold(options)),
  };
}

let tiny: TinyPpo;

beforeAll(() => {
  setNumThreads(1);
  tiny = new TinyPpo();
});
afterAll(() => tiny.remove());

const constant = (peak: number) => ({ kind: 'linear', peak, final: peak }) as const;
const noPrice: Partial<PpoConfig> = {
  ...{ kl: { type: 'fixed', beta: 0 }, targetKl: 0.1, schedule: constant(1e-2) },
  // Nobody else may notice it first.
  maxShareUnfinished: 1,
};

const faults: [name: string, reason: RegExp, changes?: Partial<PpoConfig>][] = [
  [
    'wrong sign',
    /mean score .* below the start|KL .* above/,
    { schedule: constant(5e-3), targetKl: 0.1 },
  ],
  ['no price', /update [0-4]: .*KL .* above 5 × 0.1/, noPrice],
  ['NaN score', /mean score of the first answers must be a number, got NaN/],
  ['NaN value', /mean of the whitened advantages .* got NaN/],
  ['infinite advantage', /loss (-?Infinity|NaN)|mean of the whitened advantages/],
  ['another reference', /policy and reference before .*: the largest KL .*exactly 0/],
  ['stale policy', /ratios before the first step: the largest KL .*exactly 0/],
  ['state after the token', /generation and training before the first update/],
  ['another temperature', /generation and training before the first update/, { temperature: 0.7 }],
  ['value loss out of hand', /update [0-4]: (left out|roll back): value loss/],
  ['one score', /every answer has the score 0, 3 times/],
  [
    'a rate a hundred times too high',
    /update [0-4]: (left out|stop|roll back|stop epoch): /,
    {
      schedule: constant(0.1),
    },
  ],
  ['no room to end', /share of answers without an end/, { maxTokens: 1 }],
];

const inEveryTier = ['wrong sign', 'NaN score', 'stale policy'];
const chosen = faults.filter(
  ([name]) => count({ test: 0, pr: 1, slow: 1 }) === 1 || inEveryTier.includes(name),
);

test.each(chosen)('%s is noticed', async (name, reason, changes = {}) => {
  Object.assign(fault, { name, numValueLosses: 0 });
  const error = await tiny.run({ numUpdates: 5, ...changes }).then(
    () => '',
    (thrown: Error) => thrown.message,
  );
  expect(`${tiny.told}\n${error}`).toMatch(reason);
});

test('runs without a fault are left alone', async () => {
  fault.name = '';
  for (let seed = 1; seed <= count({ test: 1, pr: 10, slow: 20 }); seed++) {
    const { result } = await tiny.run({ numUpdates: 6 }, { seed });
    expect(result?.metrics.numSkips, `seed ${seed}`).toBe(0);
    expect(tiny.told, `seed ${seed}`).not.toMatch(/update \d+: /);
  }
});

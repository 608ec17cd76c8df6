/** The published numbers, as a recipe takes them. */
import { expect, test } from 'vitest';
import { checkPpoConfig, type PpoConfig, ppoConfig, ppoFaithful } from '../index.ts';
import { schedulesOf, withDefaults } from './config.ts';
import { windowsOfStep } from './learn.ts';

const faithful: PpoConfig = {
  ...ppoFaithful,
  prompts: [{ generator: 'asked', options: {} }],
  ...{ numUpdates: 500, maxTokens: 64, microBatchSize: 8, checkpointEvery: 10 },
};

test('one spread makes a recipe as faithful as the paper', () => {
  expect(ppoConfig.parse(faithful)).toEqual(faithful);
  checkPpoConfig(faithful);
  const full = withDefaults(faithful);
  expect(full).toMatchObject({
    ...{ pretrainMix: { gamma: 27.8, ratio: 8 }, kl: { type: 'fixed', beta: 0.02 } },
    ...{ rolloutSize: 512, minibatchSize: 64, numEpochs: 1, clip: 0.2, gamma: 1, ema: 0.992 },
    ...{ valueInit: 'reward model', whitenRewards: false },
  });
  expect(full.numUpdates * full.rolloutSize).toBe(256_000);
  expect(windowsOfStep(full.minibatchSize, full.pretrainMix?.ratio ?? 0)).toBe(8 * 64);
});

test('learning rates are constant after ten updates, the first of which has a tenth', () => {
  const { policy, value } = schedulesOf(withDefaults(faithful));
  for (const [rate, peak] of [
    [policy, 9.65e-6],
    [value, 9e-6],
  ] as const) {
    expect(rate(0)).toBeCloseTo(peak / 10, 12);
    for (const update of [9, 10, 250, 499]) expect(rate(update)).toBeCloseTo(peak, 12);
  }
});

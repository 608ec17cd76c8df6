import { expect, test } from 'vitest';
import { liveTensors, scope, tensor } from '../tensor/index.ts';
import {
  meanSequenceKl,
  measureStepZero,
  type RolloutConfig,
  rolloutRecords,
  rolloutTable,
  shapeRollout,
} from './index.ts';

const measured = () => ({
  logprobs: tensor([
    [-1, -2, -0.5],
    [-0.25, -1, 7],
  ]),
  referenceLogprobs: tensor([
    [-1.5, -2, -1],
    [-1.25, -1, -7],
  ]),
  values: tensor([
    [0.5, 0.25, 1],
    [0, 2, 9],
  ]),
  scores: tensor([2, 4]),
  lengths: [3, 2],
  finished: [true, false],
});

const plain: RolloutConfig = {
  beta: 0.1,
  unfinished: { type: 'fixed', score: -1 },
  whitenRewards: false,
  whitenAdvantages: false,
  lambda: 1,
};

test('from scores and log-probabilities to advantages, by hand', () => {
  scope(() => {
    const rollout = shapeRollout(measured(), plain);
    const show = (name: 'kl' | 'rewards' | 'returns' | 'advantages') =>
      Array.from(rollout[name].toTypedArray(), Number).map((x) => Number(x.toFixed(5)));
    expect(rollout.scores.toArray()).toEqual([2, -1]);
    expect(show('kl')).toEqual([0.5, 0, 0.5, 1, 0, 0]);
    expect(show('rewards')).toEqual([-0.05, 0, 1.95, -0.1, -1, 0]);
    // With λ = 1 and no discount the return is what is still to come.
    expect(show('returns')).toEqual([1.9, 1.95, 1.95, -1.1, -1, 0]);
    expect(show('advantages')).toEqual([1.4, 1.7, 0.95, -1.1, -3, 0]);
    expect(meanSequenceKl(rollout)).toBe(1);
  });
  expect(liveTensors()).toBe(0);
});

test('whitened advantages have mean 0, and returns are made before', () => {
  scope(() => {
    const whitened = shapeRollout(measured(), { ...plain, whitenAdvantages: true });
    const { advantages, tokenMask: mask, logprobs } = whitened;
    const zero = measureStepZero({ logprobs, otherLogprobs: logprobs, advantages, mask });
    expect(zero).toMatchObject({ maxKl: 0, maxRatioError: 0 });
    expect(zero.advantageMean).toBeLessThan(1e-6);
    expect(whitened.returns.equal(shapeRollout(measured(), plain).returns)).toBe(true);
  });
});

test('a score behind the last token has a value of its own', () => {
  scope(() => {
    const { rewards, valueMask, returns } = shapeRollout(measured(), {
      ...plain,
      scoreAt: 'after',
    });
    const second = Array.from(rewards.select(0, 1).toTypedArray(), Number);
    expect(second.map((x) => x.toFixed(2))).toEqual(['-0.10', '0.00', '-1.00']);
    expect(valueMask.toArray()).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
    expect((returns.toArray() as number[][])[1]?.[2]).toBe(-1);
  });
});

test('a rollout as JSON and as a table', () => {
  scope(() => {
    const rollout = shapeRollout(measured(), plain);
    const texts = [
      { prompt: 'Say\nhi', tokens: ['你好', ' hi\n', '<|end|>'] },
      { prompt: 'x', tokens: ['a\u0007', 'b'] },
    ];
    const records = JSON.parse(JSON.stringify(rolloutRecords(rollout, texts)));
    expect(records[1]).toMatchObject({ finished: false, score: -1, tokens: ['a\u0007', 'b'] });
    expect(records[1].logprobs).toEqual([-0.25, -1]);
    const table = rolloutTable(records[0]);
    expect(table.split('\n').slice(0, 4)).toEqual([
      'Say⏎hi',
      'score 2.000 · finished',
      'token       log π log π_ref        KL     value    reward advantage    return',
      '你好       -1.000    -1.500     0.500     0.500    -0.050     1.400     1.900',
    ]);
    expect(rolloutTable(records[1])).toContain('a�');
    const sequence = '\u001b[';
    expect(table).not.toContain(sequence);
    // A good advantage in green, a price paid in red.
    const colored = rolloutTable(records[0], { color: true });
    expect(colored).toContain(`${sequence}1;32m     1.400${sequence}0m`);
    expect(colored).toContain(`${sequence}22;31m     0.500${sequence}0m`);
  });
});

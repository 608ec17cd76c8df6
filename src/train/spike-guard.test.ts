import { expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { afterRollback, judgeStep, newSpikeGuard, type SpikeGuardState } from './spike-guard.ts';

/** Judges steps with noise like that of a clean run, spoiled where `loss` says so. */
function run(numSteps: number, spoil: (step: number) => number | undefined, seed = 1) {
  const random = new SeededRandom(seed);
  let state: SpikeGuardState = newSpikeGuard();
  const actions: string[] = [];
  for (let step = 0; step < numSteps; step++) {
    const loss = spoil(step) ?? 3 - step * 1e-4 + 0.05 * random.normal();
    const { verdict, next } = judgeStep(state, {
      step,
      loss,
      gradNorm: 1 + 0.05 * random.normal(),
    });
    // Through JSON, as through a checkpoint.
    state = JSON.parse(JSON.stringify(next));
    actions.push(verdict.action);
  }
  return { actions, state };
}

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e6])(
  'one loss of %s is skipped, the next is not',
  (bad) => {
    const { actions } = run(300, (step) => (step === 200 ? bad : undefined));
    expect(actions.filter((action) => action !== 'accept')).toEqual(['skip']);
    expect(actions[200]).toBe('skip');
  },
);

test('the fourth bad step in a row asks to go back, and so does the tenth of a thousand', () => {
  const burst = run(300, (step) => (step >= 200 && step < 204 ? 50 : undefined));
  expect(burst.actions.slice(200, 205)).toEqual(['skip', 'skip', 'skip', 'rollback', 'accept']);
  const often = run(400, (step) => (step >= 200 && step % 2 === 0 ? Number.NaN : undefined));
  expect(often.actions.indexOf('rollback')).toBe(200 + 9 * 2);
});

test('after three returns on one stretch the run stops', () => {
  let { state } = run(200, () => undefined);
  for (let numReturns = 0; numReturns < 3; numReturns++) {
    expect(burstAt(state)).toBe('rollback');
    state = afterRollback(state, state, 203);
  }
  expect(burstAt(state)).toBe('stop');
});

test('clean runs lose no step', () => {
  for (let seed = 0; seed < count({ test: 2, pr: 10, slow: 100 }); seed++) {
    expect(run(2000, () => undefined, seed).actions).not.toContain('skip');
  }
});

function burstAt(start: SpikeGuardState): string {
  let state = start;
  let action = '';
  for (let step = 200; step < 204; step++) {
    const { verdict, next } = judgeStep(state, { step, loss: Number.NaN, gradNorm: 1 });
    state = next;
    action = verdict.action;
  }
  return action;
}

test('a gradient that clipping deals with is no spike', () => {
  const random = new SeededRandom(3);
  let state = newSpikeGuard();
  const judge = (step: number, gradNorm: number) => judgeStep(state, { step, loss: 3, gradNorm });
  for (let step = 0; step < 128; step++) state = judge(step, 1.6 + 0.08 * random.normal()).next;
  expect(judge(128, 5).verdict.action).toBe('accept');
  expect(judge(128, 7).verdict.action).toBe('skip');
});

test('a rare kind of batch is learned where batches may be unlike; what bursts is not', () => {
  let state = newSpikeGuard();
  const judge = (loss: number, lossRise: number, gradNorm = 1) =>
    judgeStep(state, { step: 128, loss, gradNorm }, { lossRise, gradNorm: lossRise * 2 }).verdict
      .action;
  for (let step = 0; step < 128; step++) {
    const loss = step % 2 === 0 ? 0.1 : 0.2;
    state = judgeStep(state, { step, loss, gradNorm: 1 }).next;
  }
  expect(judge(1, 0)).toBe('skip');
  expect(judge(1, 3)).toBe('accept');
  expect(judge(3.3, 3)).toBe('skip');
  expect(judge(Number.NaN, 3)).toBe('skip');
  expect(judge(0.1, 0, 5.9)).toBe('skip');
  expect(judge(0.1, 3, 5.9)).toBe('accept');
  expect(judge(0.1, 3, 6.1)).toBe('skip');
});

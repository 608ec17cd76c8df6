import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type StopSignal, StopSignals } from './stop-signals.ts';
import { TinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';

/** Sends a signal in the middle of a micro-batch of the third step. */
async function trainUntil(signal: StopSignal) {
  using stop = new StopSignals();
  let numStartedAfter = 0;
  let isSent = false;
  using run = new TinyRun((loss, _, { step, micro }) => {
    if (isSent) numStartedAfter++;
    else if (step === 2 && micro === 10) {
      process.kill(process.pid, signal);
      isSent = true;
    }
    return loss;
  });
  const finished: { step: number; hash: string }[] = [];
  for await (const { step } of train(
    run.task,
    run.config(9, { numMicroBatches: 40 }),
    run.state,
    stop,
  )) {
    finished.push({ step, hash: run.hash() });
  }
  return { stop, numStartedAfter, finished, step: run.state.step, hash: run.hash() };
}

test.each([
  ['SIGTERM', 143],
  ['SIGUSR1', 75],
  ['SIGINT', 130],
] as const)('%s ends training within one micro-batch, with exit code %i', async (signal, code) => {
  const { stop, numStartedAfter, finished, step, hash } = await trainUntil(signal);
  expect(numStartedAfter).toBeLessThanOrEqual(1);
  expect(finished.map((each) => each.step)).toEqual([0, 1]);
  // The half step has left nothing behind: this is what a checkpoint would save.
  expect({ step, hash }).toEqual({ step: 2, hash: finished[1]?.hash });
  expect(stop.signal).toBe(signal);
  expect(stop.exitCode).toBe(code);
});

test('later signals change nothing', async () => {
  using stop = new StopSignals();
  for (const signal of ['SIGTERM', 'SIGUSR1', 'SIGTERM'] as const) {
    process.kill(process.pid, signal);
    while (!stop.isRequested) await nextTurn();
  }
  await nextTurn();
  expect(stop.exitCode).toBe(143);
});

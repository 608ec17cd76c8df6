/** The loop under bad losses and gradients: what is skipped, what is undone, when it gives up. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { count, tier } from '../../tests/tier.ts';
import { exitCodes, StoppedByGuardError } from '../base/index.ts';
import { CheckpointStore } from './checkpoint/store.ts';
import { rollBack } from './rollback.ts';
import { guardRules } from './spike-guard.ts';
import { type Spoiler, TinyRun } from './testing/tiny-run.ts';
import { train } from './train.ts';
import type { SampleRange, StepReport } from './train-config.ts';

/** What goes wrong in a step; all but one leave the loss as it is. */
const faults: Readonly<Record<string, Spoiler>> = {
  // The slope of a root at zero is infinite, and infinity times zero is no number.
  'NaN gradient': (loss, weight) => loss.add(weight.sum().mul(0).sqrt()),
  'infinite gradient': (loss, weight) => loss.add(weight.sum().sub(weight.sum().detach()).sqrt()),
  'NaN loss': (loss) => loss.mul(Number.NaN),
  'gradient × 1e6': (loss) => loss.add(loss.sub(loss.detach()).mul(1e6)),
};
const starts = [211, 150, 290].slice(0, count({ test: 1, pr: 3, slow: 3 }));
/** Bursts that are sat out, and such that are not. */
const short = [1, 3].slice(0, count({ test: 1, pr: 2, slow: 2 }));
const long = [4, 50].slice(0, count({ test: 1, pr: 2, slow: 2 }));
const numSteps = 320;
const saveEvery = 50;
/** Of seconds each, minutes on a busy machine. */
const timeout = 1_200_000;

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-spikes-'));
  return () => fs.rmSync(folder, { recursive: true });
});

/** Spoils what `isBad` says, and only that. */
const spoilWhere =
  (fault: Spoiler, isBad: (range: SampleRange) => boolean): Spoiler =>
  (loss, weight, range) =>
    isBad(range) ? fault(loss, weight, range) : loss;

/** One step has one sample here, so a sample is also the step that first reads it. */
const inBurst = (start: number, length: number) => (range: SampleRange) =>
  range.firstSample >= start && range.firstSample < start + length;

interface Trained {
  reports: StepReport[];
  /** After each step: weights, moments, and the optimizer's count. */
  hashes: string[];
  rollbacks: { report: StepReport; step: number; hash: string; consumedSamples: number }[];
  saved: Map<number, string>;
  run: TinyRun;
}

/** Trains to the end, with checkpoints and returns to them. */
async function trainTo(run: TinyRun, store: CheckpointStore): Promise<Trained> {
  const trained: Trained = { reports: [], hashes: [], rollbacks: [], saved: new Map(), run };
  const { state, targets } = run;
  for await (const report of train(run.task, run.config(numSteps), state)) {
    trained.reports.push(report);
    trained.hashes.push(run.hash());
    if (report.rollback !== undefined) {
      const step = await rollBack(report.rollback, store, state, targets);
      const { consumedSamples } = state;
      trained.rollbacks.push({ report, step, hash: run.hash(), consumedSamples });
    } else if (state.step % saveEvery === 0) {
      trained.saved.set(state.step, run.hash());
      await store.save(run.content());
    }
  }
  return trained;
}

async function trainSpoiled(spoil: Spoiler, name = 'run'): Promise<Trained> {
  using run = new TinyRun(spoil);
  const alarm = (message: string) => expect.fail(message);
  const store = new CheckpointStore({ folder: join(folder, name), facts: {}, alarm });
  try {
    return await trainTo(run, store);
  } finally {
    await store.close();
  }
}

describe.each(Object.entries(faults))('%s', (_, fault) => {
  test.each(short.flatMap((length) => starts.map((start) => [length, start] as const)))(
    '%i bad steps from step %i on are skipped, and change nothing',
    { timeout },
    async (length, start) => {
      const { reports, hashes, run } = await trainSpoiled(
        spoilWhere(fault, inBurst(start, length)),
      );
      const bad = Array.from({ length }, (_, i) => start + i);
      expect(reports.filter(({ skipped }) => skipped).map(({ step }) => step)).toEqual(bad);
      for (const step of bad) expect(hashes[step]).toBe(hashes[start - 1]);
      expect(hashes[start + length]).not.toBe(hashes[start - 1]);
      expect(reports).toHaveLength(numSteps);
      expect(run.state.ledger.map(({ firstSample }) => firstSample)).toEqual(bad);
    },
  );

  test.each(long.flatMap((length) => starts.map((start) => [length, start] as const)))(
    '%i bad steps from step %i on: back to a checkpoint, past the samples, the same each time',
    { timeout },
    async (length, start) => {
      const spoil = spoilWhere(fault, inBurst(start, length));
      const { reports, rollbacks, saved, run, hashes } = await trainSpoiled(spoil);
      const nextSample = start + guardRules.maxInARow + guardRules.skipBatches;
      expect(rollbacks).toHaveLength(1);
      const { step = -1, hash, consumedSamples } = rollbacks[0] ?? {};
      expect(step).toBeLessThanOrEqual(start + 3 - guardRules.rollbackSteps);
      expect(hash).toBe(saved.get(step));
      expect(consumedSamples).toBe(nextSample);
      expect(reports.filter(({ skipped }) => skipped)).toHaveLength(guardRules.maxInARow);
      expect(run.state.step).toBe(numSteps);
      const [entry] = run.state.ledger;
      expect(entry).toMatchObject({ step: start + 3, firstSample: step, endSample: nextSample });
      if (tier !== 'test') expect((await trainSpoiled(spoil, 'again')).hashes).toEqual(hashes);
    },
  );
});

test('when going back does not help, the run stops with exit code 70', async () => {
  const spoil = spoilWhere(faults['NaN loss'] as Spoiler, ({ step }) => step >= 200);
  const stopped = await trainSpoiled(spoil).catch((error: unknown) => error);
  expect(stopped).toBeInstanceOf(StoppedByGuardError);
  expect((stopped as StoppedByGuardError).exitCode).toBe(exitCodes.stoppedByGuard);
  expect((stopped as StoppedByGuardError).message).toContain('went back from steps 203, 203, 203');
});

test('clean runs lose no step', { timeout }, async () => {
  for (let seed = 0; seed < count({ test: 1, pr: 10, slow: 10 }); seed++) {
    using run = new TinyRun();
    run.state.consumedSamples = seed * 10_000;
    const config = run.config(count({ test: 500, pr: 2000, slow: 20_000 }));
    for await (const { step, skipped } of train(run.task, config, run.state)) {
      expect(skipped, `step ${step}`).toBeUndefined();
    }
  }
});

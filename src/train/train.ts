/** Training as an ordinary loop. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AthanorError } from '../base/index.ts';
import { manualSeed, scope } from '../tensor/index.ts';
import {
  checkConfig,
  numMicroBatchesAt,
  type RollbackRequest,
  type StepReport,
  type TrainConfig,
  type TrainTask,
} from './train-config.ts';
import type { TrainState } from './train-state.ts';
import { type BatchSums, updateStep } from './update-step.ts';

/** What a step asks of its caller when it must stop: whatever has `isRequested`. */
export interface StopRequest {
  readonly isRequested: boolean;
}

/**
 * Trains from `state.step` on and yields once for each step. The loop body evaluates, logs and saves;
 * `state` is the one to save. Ends early, between two micro-batches, when `stop` asks for it: then
 * `state` is that of the last finished step. Waits for the event loop before each micro-batch, for
 * without that signals and timers never run.
 *
 * @throws StoppedByGuardError when going back does not help any more; ConfigError for bad numbers.
 */
export async function* train<MicroBatch>(
  task: TrainTask<MicroBatch>,
  config: TrainConfig,
  state: TrainState,
  stop: StopRequest = { isRequested: false },
): AsyncGenerator<StepReport, void> {
  checkConfig(config);
  try {
    while (state.step < config.numSteps) {
      const start = performance.now();
      const sums = await accumulate(task, config, state, stop);
      if (sums === undefined) return;
      const report = updateStep(task, config, state, sums);
      yield { ...report, seconds: (performance.now() - start) / 1000 };
      if (report.rollback !== undefined) checkRolledBack(state, report.rollback);
    }
  } finally {
    task.optimizer.zeroGrad();
  }
}

/** Forward and backward of all micro-batches; undefined when it was told to stop. */
async function accumulate<MicroBatch>(
  { loadMicroBatch, lossOf }: TrainTask<MicroBatch>,
  config: TrainConfig,
  { step, consumedSamples }: TrainState,
  stop: StopRequest,
): Promise<BatchSums | undefined> {
  const sums = { lossSum: 0, numTokens: 0 };
  const { microBatchSize, seed, rank = 0 } = config;
  const numMicroBatches = numMicroBatchesAt(config, step);
  for (let micro = 0; micro < numMicroBatches; micro++) {
    await nextTurn();
    if (stop.isRequested) return undefined;
    const firstSample = consumedSamples + micro * microBatchSize;
    const batch = await loadMicroBatch({ firstSample, numSamples: microBatchSize, step, micro });
    manualSeed({ seed, stream: 'train', step, rank, micro });
    scope(() => {
      const { lossSum, numTokens } = lossOf(batch);
      if (typeof lossSum !== 'number') lossSum.backward();
      sums.lossSum += typeof lossSum === 'number' ? lossSum : lossSum.item();
      sums.numTokens += numTokens;
    });
  }
  return sums;
}

function checkRolledBack({ step }: TrainState, { fromStep, atMostStep }: RollbackRequest): void {
  if (step <= atMostStep || step < fromStep) return;
  throw new AthanorError({
    what: `the loop body of step ${fromStep}`,
    must: `go back to step ${atMostStep} or before, as the report asked`,
    got: `step ${step}`,
    hint: 'call rollBack when a report has `rollback`',
  });
}

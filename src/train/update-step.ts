/** The second half of a step: from added gradients to better weights, or to a skip. */
import { ConfigError, StoppedByGuardError } from '../base/index.ts';
import { clipGradNorm, NonFiniteGradientError } from '../optim/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { guardRules, judgeStep, type Verdict } from './spike-guard.ts';
import {
  numMicroBatchesAt,
  type RollbackRequest,
  type StepReport,
  type TrainConfig,
  type TrainTask,
} from './train-config.ts';
import type { TrainState } from './train-state.ts';

/** What the micro-batches of a step add up to. */
export interface BatchSums {
  lossSum: number;
  numTokens: number;
}

/**
 * Judges loss and gradients, makes the update or skips it, and advances the state.
 *
 * @throws StoppedByGuardError when going back does not help any more.
 */
export function updateStep<MicroBatch>(
  { parameters, optimizer }: TrainTask<MicroBatch>,
  config: TrainConfig,
  state: TrainState,
  { lossSum, numTokens }: BatchSums,
): Omit<StepReport, 'seconds'> {
  const { step, consumedSamples } = state;
  const learningRate = config.schedule(step);
  const numSamples = config.microBatchSize * numMicroBatchesAt(config, step);
  const loss = meanOf(lossSum, numTokens, step);
  const gradNorm = clipMean(parameters, numTokens, config.clipNorm);
  const { verdict, next } = judgeStep(state.guard, { step, loss, gradNorm }, config.leastSpike);
  if (verdict.action === 'accept') optimizer.step(learningRate);
  optimizer.zeroGrad();
  const endSample = consumedSamples + numSamples;
  state.guard = next;
  state.step = step + 1;
  state.consumedSamples = endSample;
  const report = { step, loss, gradNorm, learningRate, numTokens, numSamples };
  if (verdict.action === 'accept') return report;
  const { reason } = verdict;
  state.ledger = [...state.ledger, { step, reason, firstSample: consumedSamples, endSample }];
  return { ...report, skipped: reason, ...consequenceOf(verdict, config, state) };
}

function meanOf(lossSum: number, numTokens: number, step: number): number {
  if (numTokens > 0) return lossSum / numTokens;
  const what = `the number of tokens with a loss in step ${step}`;
  throw new ConfigError({ what, must: 'be above 0', got: String(numTokens) });
}

/**
 * Turns the gradients of a sum into those of the mean over all tokens of the step, whatever their
 * share in each micro-batch, and clips them.
 *
 * @returns their norm before; NaN when one is not finite
 */
function clipMean(
  parameters: ReadonlyMap<string, Tensor>,
  numTokens: number,
  maxNorm: number,
): number {
  try {
    return clipGradNorm(parameters, maxNorm, 1 / numTokens);
  } catch (error) {
    if (error instanceof NonFiniteGradientError) return Number.NaN;
    throw error;
  }
}

/** What follows from a skip, beside the skip. */
function consequenceOf(
  verdict: Exclude<Verdict, { action: 'accept' }>,
  config: TrainConfig,
  state: TrainState,
): { rollback?: RollbackRequest } {
  if (verdict.action === 'skip') return {};
  if (verdict.action === 'stop') throw divergence(state, verdict.reason);
  const fromStep = state.step - 1;
  let nextSample = state.consumedSamples;
  for (let ahead = 0; ahead < guardRules.skipBatches; ahead++) {
    nextSample += config.microBatchSize * numMicroBatchesAt(config, state.step + ahead);
  }
  return { rollback: { fromStep, atMostStep: fromStep - guardRules.rollbackSteps, nextSample } };
}

function divergence({ guard, step }: TrainState, reason: string): StoppedByGuardError {
  return new StoppedByGuardError({
    what: `training around step ${step - 1}`,
    must: `recover after ${guardRules.maxRollbacks} returns to an earlier checkpoint`,
    got: `${reason}; went back from steps ${guard.rollbackSteps.join(', ')}`,
    hint: 'lower the learning rate, or look at the samples that the ledger names',
  });
}

/** What the loop is given, and what it tells. */
import { ConfigError, type Seed } from '../base/index.ts';
import type { Optimizer, Schedule } from '../optim/index.ts';
import type { Tensor } from '../tensor/index.ts';
import { type BatchSchedule, checkCount } from './batch-ramp.ts';
import type { LeastSpike } from './spike-guard.ts';

export interface TrainConfig {
  /** The step after the last one, counted from the very first start. */
  numSteps: number;
  /** Samples in one micro-batch, which is computed at once. */
  microBatchSize: number;
  /** Micro-batches of a step: their gradients are added up. */
  numMicroBatches: number | BatchSchedule;
  schedule: Schedule;
  /** The norm of all gradients together is clipped to this. */
  clipNorm: number;
  /** Dropout and the like draw from hash(seed, 'train', step, rank, micro). */
  seed: Seed;
  /**
   * What is less is no spike, however calm it was before. For batches that are not alike, such as few
   * conversations of many kinds: what is rare among them would be skipped each time, and never
   * learned. Default: both 0.
   */
  leastSpike?: LeastSpike;
  /** Default: 0. */
  rank?: number;
}

/** Which samples a micro-batch is made of; data order is a function of these numbers alone. */
export interface SampleRange {
  firstSample: number;
  numSamples: number;
  step: number;
  micro: number;
}

/** What is trained, and on what. `MicroBatch` is plain data, such as token ids. */
export interface TrainTask<MicroBatch> {
  parameters: ReadonlyMap<string, Tensor>;
  optimizer: Optimizer;
  loadMicroBatch(range: SampleRange): MicroBatch | Promise<MicroBatch>;
  /**
   * The sum of the losses of all tokens, a scalar that leads back to the parameters, and how many
   * tokens that were. A number says that the gradients have been added already, as
   * `backwardBySegments` does. Runs in a scope of its own.
   */
  lossOf(batch: MicroBatch): { lossSum: Tensor | number; numTokens: number };
}

/** Where the run must go back to, and on from. */
export interface RollbackRequest {
  fromStep: number;
  /** The checkpoint must have finished at most so many steps. */
  atMostStep: number;
  /** The first sample to train on after that. */
  nextSample: number;
}

/** One finished step. */
export interface StepReport {
  /** Its number, from 0. */
  step: number;
  /** Mean over the tokens of the step. */
  loss: number;
  /** Before clipping; NaN when a gradient was not finite. */
  gradNorm: number;
  learningRate: number;
  numTokens: number;
  numSamples: number;
  seconds: number;
  /** Why there was no update: parameters and moments are as before the step. */
  skipped?: string;
  /** Set when the loop body must call `rollBack` before it goes on. */
  rollback?: RollbackRequest;
}

/** How many micro-batches a step has. */
export function numMicroBatchesAt({ numMicroBatches }: TrainConfig, step: number): number {
  return typeof numMicroBatches === 'number' ? numMicroBatches : numMicroBatches(step);
}

/** @throws ConfigError for numbers with which no run can start. */
export function checkConfig(config: TrainConfig): void {
  checkCount('train.numSteps', config.numSteps, 0);
  checkCount('train.microBatchSize', config.microBatchSize, 1);
  checkCount('train.numMicroBatches', numMicroBatchesAt(config, 0), 1);
  checkCount('train.rank', config.rank ?? 0, 0);
  for (const [name, value] of Object.entries(config.leastSpike ?? {})) {
    if (value >= 0) continue;
    const what = `train.leastSpike.${name}`;
    throw new ConfigError({ what, must: 'be at least 0', got: String(value) });
  }
  if (config.clipNorm > 0) return;
  const must = 'be above 0 (Infinity clips nothing)';
  throw new ConfigError({ what: 'train.clipNorm', must, got: String(config.clipNorm) });
}

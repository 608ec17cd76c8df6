/** The numbers that every stage that trains has. */
import { z } from 'zod';
import type { Precision } from '../../nn/index.ts';
import type { ResumeRules } from '../../train/index.ts';

export interface TrainingConfig {
  numSteps: number;
  /** Sequences that are computed at once. */
  microBatchSize: number;
  /** Micro-batches of a step, or how their number grows (GPT-3, appendix B). Default: 1. */
  numMicroBatches?: number | { from: number; to: number; rampSteps: number };
  schedule: ScheduleConfig;
  optimizer?: OptimizerConfig;
  /** The norm of all gradients is clipped to this. Default: 1. */
  clipNorm?: number;
  /** Of large products; parameters and moments are float32. Default: auto. */
  precision?: Precision;
  /** Default: cpu. */
  device?: 'cpu' | 'cuda';
  /** Steps between two checkpoints. */
  checkpointEvery: number;
  /** Steps between two measurements of the validation loss, when something is held out. */
  evaluateEvery: number;
  /** For the sum of money so far. Default: unknown. */
  pricePerHour?: number;
  /** Of the machine, in FLOP/s, for model FLOPs utilisation. Default: measured. */
  peakFlops?: number;
}

export interface ScheduleConfig {
  kind: 'cosine' | 'linear' | 'wsd';
  /** The highest learning rate. */
  peak: number;
  /** Steps of linear growth. Default: 0. */
  warmupSteps?: number;
  /** Of `wsd`: the steps at the end in which the rate falls. */
  decaySteps?: number;
  /** The rate at the end. Default: 0. */
  final?: number;
}

/** AdamW for everything, or Muon for the matrices of the layers and AdamW for the rest. */
export interface OptimizerConfig {
  /** Default: adamw. */
  kind?: 'adamw' | 'muon';
  /** Of AdamW. Default: [0.9, 0.95]. */
  betas?: [number, number];
  /** Of AdamW. Default: 1e-8. */
  epsilon?: number;
  /** Of matrices; vectors do not decay. Default: 0.1. */
  weightDecay?: number;
}

const count = z.number().int().positive();

/** The schema of {@link TrainingConfig}, field by field: a stage adds its own. */
export const trainingFields = {
  numSteps: count,
  microBatchSize: count,
  numMicroBatches: z
    .union([count, z.strictObject({ from: count, to: count, rampSteps: z.number().int().min(0) })])
    .exactOptional(),
  schedule: z.strictObject({
    kind: z.enum(['cosine', 'linear', 'wsd']),
    peak: z.number().positive(),
    warmupSteps: z.number().int().min(0).exactOptional(),
    decaySteps: z.number().int().min(0).exactOptional(),
    final: z.number().min(0).exactOptional(),
  }),
  optimizer: z
    .strictObject({
      kind: z.enum(['adamw', 'muon']).exactOptional(),
      betas: z.tuple([z.number(), z.number()]).exactOptional(),
      epsilon: z.number().positive().exactOptional(),
      weightDecay: z.number().min(0).exactOptional(),
    })
    .exactOptional(),
  clipNorm: z.number().positive().exactOptional(),
  precision: z.enum(['fp32', 'bf16', 'auto']).exactOptional(),
  device: z.enum(['cpu', 'cuda']).exactOptional(),
  checkpointEvery: count,
  evaluateEvery: count,
  pricePerHour: z.number().min(0).exactOptional(),
  peakFlops: z.number().positive().exactOptional(),
};

/** What a changed one of these numbers means for a run that is resumed. */
export const trainingRules: ResumeRules = {
  'recipe.numSteps': 'new wins',
  'recipe.microBatchSize': 'new wins',
  'recipe.numMicroBatches': 'new wins',
  'recipe.numMicroBatches.*': 'new wins',
  'recipe.schedule.*': 'new wins',
  'recipe.optimizer.*': 'new wins',
  'recipe.optimizer.kind': 'refuse',
  'recipe.clipNorm': 'new wins',
};

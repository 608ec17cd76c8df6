/** The parts of a pre-training run that its config names. */

import { ConfigError, type Seed, type StageContext } from '../../base/index.ts';
import { Gpt, resolveGptConfig, trainingFlopsPerToken } from '../../model/index.ts';
import { computeDtype, setPrecision } from '../../nn/index.ts';
import {
  AdamW,
  cosine,
  decayMatricesOnly,
  linear,
  Muon,
  type Optimizer,
  OptimizerChain,
  type Schedule,
  wsd,
} from '../../optim/index.ts';
import { manualSeed, type Tensor } from '../../tensor/index.ts';
import { batchRamp, measurePeakFlops, type TrainConfig, TrainMetrics } from '../../train/index.ts';
import type { PretrainConfig } from './config.ts';

/**
 * Finds what does not fit together without building anything.
 * @throws ConfigError that names the field, from `pretrain` on.
 */
export function checkPretrainConfig(config: PretrainConfig): void {
  resolveGptConfig(config.model, 'pretrain.model');
  buildTrainConfig(config, 1);
}

/** @param vocabSize the tokenizer's @throws ConfigError for sizes that do not fit together. */
export function buildModel(config: PretrainConfig, vocabSize: number, seed: Seed): Gpt {
  const { precision = 'auto', device = 'cpu' } = config;
  const shape = resolveGptConfig(config.model, 'pretrain.model');
  if (shape.vocabSize < vocabSize) {
    throw new ConfigError({
      what: 'pretrain.model.vocabSize',
      must: `hold the ${vocabSize} tokens of the tokenizer`,
      got: String(shape.vocabSize),
      hint: `--set pretrain.model.vocabSize=${Math.ceil(vocabSize / 64) * 64}`,
    });
  }
  manualSeed({ seed, stream: 'init', step: 0, rank: 0, micro: 0 });
  const model = new Gpt(shape);
  if (device !== 'cpu') model.to(device);
  setPrecision(model, precision);
  return model;
}

export function buildOptimizer(
  model: Gpt,
  { optimizer: config = {}, precision, device }: PretrainConfig,
): Optimizer {
  const { kind = 'adamw', betas = [0.9, 0.95], epsilon = 1e-8, weightDecay = 0.1 } = config;
  const adamw = (parameters: ReadonlyMap<string, Tensor>) =>
    new AdamW(decayMatricesOnly(parameters, weightDecay), { betas, epsilon });
  if (kind === 'adamw') return adamw(model.parameters());
  const all = [...model.parameters()];
  const isHidden = ([name, { dim }]: [string, Tensor]) => name.startsWith('blocks.') && dim === 2;
  const hidden = new Map(all.filter(isHidden));
  return new OptimizerChain({
    muon: new Muon([{ parameters: hidden, weightDecay }], {
      // Its iteration tolerates bfloat16, which is faster only where the machine multiplies it.
      computeDtype: computeDtype(precision ?? 'auto', device),
    }),
    adamw: adamw(new Map(all.filter((entry) => !isHidden(entry)))),
  });
}

export function buildTrainConfig(config: PretrainConfig, seed: Seed): TrainConfig {
  const { numSteps, microBatchSize, numMicroBatches = 1, clipNorm = 1 } = config;
  return {
    numSteps,
    microBatchSize,
    numMicroBatches:
      typeof numMicroBatches === 'number' ? numMicroBatches : batchRamp(numMicroBatches),
    schedule: buildSchedule(config),
    clipNorm,
    seed,
  };
}

function buildSchedule({ schedule, numSteps: totalSteps }: PretrainConfig): Schedule {
  const { kind, decaySteps, ...numbers } = schedule;
  const { warmupSteps = 0 } = schedule;
  checkSteps('warmupSteps', warmupSteps, totalSteps);
  if (kind === 'wsd') {
    const left = totalSteps - warmupSteps;
    checkSteps('decaySteps', decaySteps ?? 0, left);
    const decay = decaySteps ?? Math.min(left, Math.ceil(totalSteps / 5));
    return wsd({ ...numbers, totalSteps, decaySteps: decay });
  }
  if (decaySteps !== undefined) {
    const must = 'be given with kind wsd only';
    throw new ConfigError({ what: 'pretrain.schedule.decaySteps', must, got: kind });
  }
  return (kind === 'cosine' ? cosine : linear)({ ...numbers, totalSteps });
}

function checkSteps(name: 'warmupSteps' | 'decaySteps', value: number, most: number): void {
  if (value <= most) return;
  const what = `pretrain.schedule.${name}`;
  const must = `be at most ${most}, which pretrain.numSteps leaves to it`;
  const hint = `--set ${what}=${Math.floor(most / 10)}`;
  throw new ConfigError({ what, must, got: String(value), hint });
}

export function openMetrics(
  config: PretrainConfig,
  { run, progress }: StageContext,
  startStep: number,
): TrainMetrics {
  const { model, numSteps, precision = 'auto', device = 'cpu', pricePerHour } = config;
  const { peakFlops = measurePeakFlops(computeDtype(precision, device), device) } = config;
  const flopsPerToken = trainingFlopsPerToken(model);
  return new TrainMetrics({
    folder: run.file('pretrain'),
    ...{ startStep, numSteps, device, progress, flopsPerToken, peakFlops },
    ...(pricePerHour !== undefined && { pricePerHour }),
  });
}

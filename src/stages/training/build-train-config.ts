/** From the numbers of a recipe to those of the loop. */
import { ConfigError, type Seed } from '../../base/index.ts';
import { cosine, linear, type Schedule, wsd } from '../../optim/index.ts';
import { batchRamp, type TrainConfig } from '../../train/index.ts';
import type { TrainingConfig } from './training-config.ts';

/**
 * @param stage the name from which fields are told
 * @throws ConfigError for numbers that do not fit together.
 */
export function buildTrainConfig(config: TrainingConfig, seed: Seed, stage: string): TrainConfig {
  const { numSteps, microBatchSize, numMicroBatches = 1, clipNorm = 1 } = config;
  return {
    numSteps,
    microBatchSize,
    numMicroBatches:
      typeof numMicroBatches === 'number' ? numMicroBatches : batchRamp(numMicroBatches),
    schedule: buildSchedule(config, stage),
    clipNorm,
    seed,
  };
}

/** The steps that go through so many samples, the last one perhaps with some more. */
export function numStepsFor(
  numSamples: number,
  {
    microBatchSize,
    numMicroBatches = 1,
  }: Pick<TrainingConfig, 'microBatchSize' | 'numMicroBatches'>,
): number {
  const numMicro =
    typeof numMicroBatches === 'number' ? () => numMicroBatches : batchRamp(numMicroBatches);
  let step = 0;
  for (let left = numSamples; left > 0; step++) left -= microBatchSize * numMicro(step);
  return step;
}

function buildSchedule(
  { schedule, numSteps: totalSteps }: TrainingConfig,
  stage: string,
): Schedule {
  const { kind, decaySteps, ...numbers } = schedule;
  const { warmupSteps = 0 } = schedule;
  checkSteps(stage, 'warmupSteps', warmupSteps, totalSteps);
  if (kind === 'wsd') {
    const left = totalSteps - warmupSteps;
    checkSteps(stage, 'decaySteps', decaySteps ?? 0, left);
    const decay = decaySteps ?? Math.min(left, Math.ceil(totalSteps / 5));
    return wsd({ ...numbers, totalSteps, decaySteps: decay });
  }
  if (decaySteps !== undefined) {
    const must = 'be given with kind wsd only';
    throw new ConfigError({ what: `${stage}.schedule.decaySteps`, must, got: kind });
  }
  return (kind === 'cosine' ? cosine : linear)({ ...numbers, totalSteps });
}

function checkSteps(
  stage: string,
  name: 'warmupSteps' | 'decaySteps',
  value: number,
  most: number,
): void {
  if (value <= most) return;
  const what = `${stage}.schedule.${name}`;
  const must = `be at most ${most}, which ${stage}.numSteps leaves to it`;
  const hint = `--set ${what}=${Math.floor(most / 10)}`;
  throw new ConfigError({ what, must, got: String(value), hint });
}

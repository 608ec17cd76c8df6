/**
 * Fine-tuning on conversations: a model that continues text learns to answer ("instruction tuning";
 * Wei et al. 2021, arXiv 2109.01652; Ouyang et al. 2022, arXiv 2203.02155, section 3.1).
 *
 * The loss is that of pre-training, over the assistant's tokens alone. A killed run goes on where its
 * last checkpoint is, to the same bits.
 */
import {
  type Check,
  deriveSeed,
  type Seed,
  type StageContext,
  type StageResult,
} from '../base/index.ts';
import { packedBackwardBySegments, packedLoss } from '../model/index.ts';
import { trainableParameters } from '../nn/index.ts';
import { type TrainTask, train } from '../train/index.ts';
import { openBase } from './sft/base-model.ts';
import { checkContext, openSftRun, type SftInputs } from './sft/build.ts';
import type { SftConfig } from './sft/config.ts';
import { prepareData, type SftData } from './sft/conversation-data.ts';
import { exportSelected } from './sft/export.ts';
import { measure } from './sft/measure.ts';
import { openBatches, type SftBatches } from './sft/sft-batches.ts';
import { ValidationHistory } from './sft/validation-history.ts';
import { buildTrainConfig, numStepsFor, type TrainingRun } from './training/index.ts';

export { checkSftConfig, type SftConfig, sftConfig } from './sft/config.ts';

/**
 * Nats, and norms that gradients are clipped to. A batch with a rare kind of answer, a program, had a
 * loss of 1.0 where others had 0.1, and the gradient norm of one with text of pre-training was 1.4 where
 * that of others was 0.2.
 */
const leastSpike = { lossRise: 3, clipNorms: 4 };

/**
 * @throws ConfigError for numbers that do not fit together, a base, a template or data that do not
 *   fit each other, and a run that is not the one that was begun; StoppedByGuardError;
 *   NoUsableCheckpointError when all checkpoints are damaged; FileError when the last checkpoint
 *   cannot be saved.
 */
export async function sft(
  config: SftConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const base = await openBase(config, context.run);
  checkContext(config, base);
  const data = await prepareData(config, base, context);
  try {
    const batches = await openBatches(config, base, data, context);
    const numSteps = config.numSteps ?? stepsOfEpochs(config, batches);
    const history = new ValidationHistory(config.select !== 'last');
    const inputs = { config: { ...config, numSteps }, context, base, batches, history };
    const training = await openSftRun(inputs);
    try {
      await trainAndMeasure(training, inputs, context);
      if (training.state.step < numSteps) return undefined;
      return await finish(training, inputs, data, context);
    } finally {
      await training.close();
    }
  } finally {
    for (const { train, validation } of data.sources)
      for (const set of [train, validation]) set.close();
  }
}

/** Writes the selected weights as a model folder. */
async function finish(
  training: TrainingRun,
  { config, base, batches, history }: SftInputs,
  data: SftData,
  context: StageContext,
): Promise<StageResult> {
  const step = history.keptSteps[0] ?? config.numSteps;
  await exportSelected(training, step, base, context.run);
  return resultOf(config, data, batches, { step, history });
}

/** The loop; it ends with the last step, or when the context asks it to stop. */
async function trainAndMeasure(
  training: TrainingRun,
  { config, batches, history }: SftInputs,
  { seed, stop }: StageContext,
): Promise<void> {
  const { state, metrics } = training;
  const { numSteps, evaluateEvery, checkpointEvery, microBatchSize } = config;
  const measureNow = () => measure(training, batches.validation, microBatchSize, history);
  const task = taskOf(training, batches, config, seed);
  const trainConfig = buildTrainConfig(config, seed, 'sft');
  const { lossRise, clipNorms } = leastSpike;
  const least = { lossRise, gradNorm: clipNorms * trainConfig.clipNorm };
  const loop = train(task, { ...trainConfig, leastSpike: least }, state, stop);
  for await (const report of loop) {
    metrics.step(report);
    if (report.rollback !== undefined) {
      await training.rollBack(report.rollback);
      history.goBackTo(state.step);
    } else if (state.step < numSteps) {
      const isBest = state.step % evaluateEvery === 0 && (await measureNow()) === true;
      if (isBest || state.step % checkpointEvery === 0) await training.save();
    }
  }
  if (state.step === numSteps) await measureNow();
  await training.saveLast();
}

/** Forward and loss of a micro-batch of rows. */
function taskOf(
  { model, optimizer }: TrainingRun,
  { train: batches }: SftBatches,
  { microBatchSize, gradientCheckpointing = false }: SftConfig,
  seed: Seed,
): TrainTask<number> {
  return {
    parameters: trainableParameters(model),
    optimizer,
    loadMicroBatch: ({ firstSample }) => firstSample,
    lossOf(firstSample) {
      const batch = batches.batchAt(firstSample, microBatchSize);
      const lossSum = gradientCheckpointing
        ? packedBackwardBySegments(model, batch, deriveSeed(seed, 'dropout', firstSample))
        : packedLoss(model, batch);
      return { lossSum, numTokens: batch.numTargets };
    },
  };
}

function stepsOfEpochs(config: SftConfig, { train }: SftBatches): number {
  return numStepsFor(train.samplesOfEpochs(config.numEpochs ?? 1), config);
}

function resultOf(
  { targets = {}, numSteps }: SftInputs['config'],
  { report }: SftData,
  { train }: SftBatches,
  { step, history }: { step: number; history: ValidationHistory },
): StageResult {
  const { numRead, numKept, numTruncated, numLearned } = report;
  // Undefined when nothing is held out.
  const loss = history.lossAt(step);
  const numbers = { numRead, numKept, numTruncated, numLearned };
  const checks = Object.entries(targets).map(([name, target]): Check => {
    const value = loss ?? Number.NaN;
    return { name: `held-out ${name}`, value, target: `≤ ${target}`, pass: value <= target };
  });
  const { fillRatio } = train;
  const metrics = { ...numbers, fillRatio, numSteps, selectedStep: step };
  return { metrics: { ...metrics, ...(loss !== undefined && { loss }) }, checks };
}

/**
 * The pre-training stage: a model learns to continue text, token by token ("文字接龙"; Radford et
 * al. 2018, equation 1), from the corpus and the tokenizer of its run.
 *
 * A killed run goes on where its last checkpoint is, to the same bits: the order of the data and
 * dropout are functions of the seed and the step, and the checkpoint holds the rest.
 */
import type { Check, Seed, StageContext, StageResult } from '../base/index.ts';
import { TokenBatches } from '../batches/index.ts';
import { readCorpusManifest } from '../corpus/index.ts';
import type { ValidationLoss } from '../evaluate/index.ts';
import type { Gpt } from '../model/index.ts';
import { loadTokenizer } from '../tokenizer/index.ts';
import { type TrainState, type TrainTask, train } from '../train/index.ts';
import { openPretrainRun } from './pretrain/build.ts';
import type { PretrainConfig } from './pretrain/config.ts';
import { Measurements } from './pretrain/measure.ts';
import { buildTrainConfig, prepareTokens, type TokenData } from './training/index.ts';

export { checkPretrainConfig } from './pretrain/build.ts';
export { type PretrainConfig, pretrainConfig } from './pretrain/config.ts';

/**
 * @throws ConfigError for numbers that do not fit together and a run that is not the one that was
 *   begun; StoppedByGuardError; NoUsableCheckpointError when all checkpoints are damaged; FileError
 *   when the last checkpoint cannot be saved.
 */
export async function pretrain(
  config: PretrainConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const { run, seed, stop } = context;
  const tokenizer = await loadTokenizer(run.file('tokenizer', 'tokenizer.json'));
  const corpus = readCorpusManifest(run.file('corpus'));
  const tokens = await prepareTokens(run.file('pretrain', 'tokens'), corpus, tokenizer, seed);
  const training = await openPretrainRun({ config, context, tokenizer, tokens });
  const { state, metrics, model, optimizer } = training;
  try {
    const measurements = new Measurements(model, tokenizer, tokens, config);
    const task = { ...taskOf(model, tokens, config, seed), optimizer };
    const loop = train(task, buildTrainConfig(config, seed, 'pretrain'), state, stop);
    for await (const report of loop) {
      metrics.step(report);
      if (report.rollback !== undefined) await training.rollBack(report.rollback);
      else if (state.step < config.numSteps) {
        if (state.step % config.evaluateEvery === 0) await measurements.measure(training);
        if (state.step % config.checkpointEvery === 0) await training.save();
      }
    }
    const isStopped = state.step < config.numSteps;
    const loss = isStopped ? null : await measurements.measure(training);
    await training.saveLast();
    return isStopped ? undefined : resultOf(config, state, loss);
  } finally {
    await training.close();
  }
}

/** Forward and loss of a micro-batch of windows of text. */
function taskOf(
  model: Gpt,
  { sources }: TokenData,
  config: PretrainConfig,
  seed: Seed,
): Omit<TrainTask<number>, 'optimizer'> {
  const { microBatchSize, maskDocuments = false, device = 'cpu' } = config;
  const { contextLength } = config.model;
  const batches = new TokenBatches({
    sources: sources.map(({ name, weight, train: dataset }) => ({ name, weight, dataset })),
    ...{ contextLength, seed, device },
  });
  return {
    parameters: model.parameters(),
    loadMicroBatch: ({ firstSample }) => firstSample,
    lossOf(firstSample) {
      const { tokens, targets, documents, numTargets } = batches.batchAt(
        firstSample,
        microBatchSize,
      );
      const mask = maskDocuments ? { documents } : undefined;
      const lossSum = model.loss(tokens, targets, { reduction: 'sum', mask });
      return { lossSum, numTokens: numTargets };
    },
  };
}

function resultOf(
  { targets = {}, model }: PretrainConfig,
  { step, consumedSamples, ledger }: TrainState,
  loss: ValidationLoss | null,
): StageResult {
  const numTokens = consumedSamples * model.contextLength;
  const metrics = { numSteps: step, numTokens, numSkips: ledger.length, ...loss };
  const checks = Object.entries(targets).map(([name, target]): Check => {
    const value = loss?.[name as keyof typeof targets] ?? Number.NaN;
    return { name: `held-out ${name}`, value, target: `≤ ${target}`, pass: value <= target };
  });
  return { metrics, checks };
}

/**
 * The reward model: which of several answers do people like better? (Ouyang et al. 2022, arXiv
 * 2203.02155, sections 3.4 and 3.5; RLHF's second step.) It begins as the fine-tuned model, with a
 * head that reads one number at the end of an answer, and sees every ranking once.
 *
 * A killed run goes on where its last checkpoint is, to the same bits.
 */
import {
  type Check,
  type Seed,
  type StageContext,
  type StageResult,
  StoppedByGuardError,
  writeFileAtomic,
} from '../base/index.ts';
import { formatRewardReport, type RewardReport } from '../evaluate/index.ts';
import {
  exportRewardModel,
  type RewardModel,
  RewardModelState,
  rewardModelDocuments,
  rewardsOf,
  trainingFlopsPerToken,
} from '../model/index.ts';
import { rewardLoss } from '../rl/index.ts';
import { type TrainTask, train } from '../train/index.ts';
import { buildModel, openBase, type RewardBase } from './reward/base-model.ts';
import { harmlessFields, type RewardConfig, resumeRules } from './reward/config.ts';
import { demonstrationSequences } from './reward/demonstrations.ts';
import { meanReward, measureReward } from './reward/measure.ts';
import type { RankedSequences } from './reward/ranked-sequences.ts';
import { prepareRankings, type RankingSets } from './reward/ranking-data.ts';
import {
  buildOptimizer,
  buildTrainConfig,
  epochOrder,
  numStepsFor,
  replaceFolder,
  runFactsOf,
  type TrainingConfig,
  TrainingRun,
} from './training/index.ts';

export { checkRewardConfig, type RewardConfig, rewardConfig } from './reward/config.ts';
export { readAnswers, type ScoredRow, scoreAnswers } from './reward/score-answers.ts';

/**
 * @throws ConfigError for numbers that do not fit together, a base that has learned no conversation,
 *   and a run that is not the one that was begun; StoppedByGuardError; NoUsableCheckpointError when
 *   all checkpoints are damaged; FileError when the last checkpoint cannot be saved.
 */
export async function reward(
  config: RewardConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const base = await openBase(config, context.run);
  const rankings = await prepareRankings(config, base, context);
  const numSamples = rankings.train.length * (config.numEpochs ?? 1);
  const full = { ...config, numSteps: numStepsFor(numSamples, config) };
  const training = await openRun(full, context, base, rankings);
  const { model } = training;
  try {
    await trainAndMeasure(training, full, rankings, context);
    if (training.state.step < full.numSteps) return undefined;
    setShift(model, await demonstrationSequences(config, rankings.train, base, context));
    return finish(model, base, rankings, config, context);
  } finally {
    await training.close();
  }
}

/** Demonstrations get 0 on average: else the price of KL beside the reward had no fixed meaning. */
function setShift(model: RewardModel, demonstrations: readonly Uint32Array[]): void {
  model.shift = 0;
  model.shift = meanReward(model, demonstrations);
  if (Number.isFinite(model.shift)) return;
  const hint = 'its training diverged: lower reward.schedule.peak';
  throw new StoppedByGuardError({ what: 'the reward', must: 'be a number', got: 'NaN', hint });
}

type FullConfig = RewardConfig & TrainingConfig;

async function openRun(
  config: FullConfig,
  context: StageContext,
  base: RewardBase,
  { train: rankings, sha256: data }: RankingSets,
): Promise<TrainingRun<RewardModel>> {
  const { tokenizer, template: chatTemplate } = base;
  const { model, sha256 } = buildModel(base, config, context.seed);
  const inputs = { base: sha256, tokenizer: tokenizer.hash, rankings: data };
  const numTokens = rankings.flatMap(({ sequences }) => sequences.map(({ length }) => length));
  const perPrompt = numTokens.reduce((sum, length) => sum + length, 0) / rankings.length;
  return await TrainingRun.open({
    ...{ stage: 'reward', config, context, model, rules: resumeRules },
    facts: runFactsOf({ config, harmlessFields, seed: context.seed, inputs }),
    optimizer: buildOptimizer(model.parameters(), config),
    weights: { 'model.safetensors': new RewardModelState(model) },
    documents: () => rewardModelDocuments(model, { tokenizer, chatTemplate }),
    // The loop counts prompts where others count tokens.
    flopsPerToken: trainingFlopsPerToken(model.gpt.config) * perPrompt,
  });
}

/** The loop; it ends with the last step, or when the context asks it to stop. */
async function trainAndMeasure(
  training: TrainingRun<RewardModel>,
  config: FullConfig,
  { train: rankings, heldOut }: RankingSets,
  { seed, stop }: StageContext,
): Promise<void> {
  const { state, metrics, model } = training;
  const { numSteps, evaluateEvery, checkpointEvery } = config;
  const task = taskOf(training, rankings, config, seed);
  for await (const report of train(task, buildTrainConfig(config, seed, 'reward'), state, stop)) {
    metrics.step(report);
    if (report.rollback !== undefined) await training.rollBack(report.rollback);
    else if (state.step < numSteps) {
      if (state.step % evaluateEvery === 0 && heldOut.length > 0) {
        const { accuracy, loss } = measureReward(model, heldOut);
        const shown = { 'validation/accuracy': accuracy.rate, 'validation/loss': loss };
        metrics.values(state.step - 1, shown);
      }
      if (state.step % checkpointEvery === 0) await training.save();
    }
  }
  await training.saveLast();
}

/** A micro-batch of prompts, each with all its answers: the mean of Eq. 1 over prompts. */
function taskOf(
  { model, optimizer }: TrainingRun<RewardModel>,
  rankings: readonly RankedSequences[],
  { microBatchSize, device = 'cpu' }: RewardConfig,
  seed: Seed,
): TrainTask<RankedSequences[]> {
  const rankingAt = epochOrder(rankings, seed, 'order of rankings');
  return {
    parameters: model.parameters(),
    optimizer,
    loadMicroBatch: ({ firstSample }) =>
      Array.from({ length: microBatchSize }, (_, i) => rankingAt(firstSample + i)),
    lossOf(batch) {
      const sequences = batch.flatMap((ranking) => ranking.sequences);
      const loss = rewardLoss(
        rewardsOf(model, sequences, device),
        batch.map(({ ranks }) => ranks),
      );
      return { lossSum: loss.mul(batch.length), numTokens: batch.length };
    },
  };
}

/** Writes the model and its report, and says how it went. */
function finish(
  model: RewardModel,
  { tokenizer, template: chatTemplate }: RewardBase,
  { train: rankings, heldOut, numRead, rejections }: RankingSets,
  { targets = {} }: RewardConfig,
  { run }: StageContext,
): StageResult {
  const report = measureReward(model, heldOut);
  const { counts: rejected } = rejections;
  replaceFolder(run.file('reward', 'model'), (folder) =>
    exportRewardModel(model, tokenizer, folder, { chatTemplate }),
  );
  const numbers = { numRead, numTrained: rankings.length, rejected, shift: model.shift };
  const content = { ...numbers, ...report };
  writeFileAtomic(run.file('reward', 'report.json'), `${JSON.stringify(content, null, 2)}\n`);
  writeFileAtomic(run.file('reward', 'report.txt'), `${formatRewardReport(report)}\n`);
  return { metrics: metricsOf(report, rankings.length), checks: checksOf(report, targets) };
}

function metricsOf(report: RewardReport, numTrained: number): Record<string, number> {
  const { accuracy, loss, numPairs, lengthCorrelation, reliability, margins, bound } = report;
  return {
    ...{ numTrained, numPairs, loss, accuracy: accuracy.rate },
    ...{ accuracyLow: accuracy.low, accuracyHigh: accuracy.high, meanMargin: margins.mean },
    ...{ lengthCorrelation, calibrationError: reliability.calibrationError },
    ...(bound !== null && { bound: bound.rate, accuracyOfBound: bound.ratio }),
  };
}

function checksOf(
  { accuracy, bound }: RewardReport,
  targets: NonNullable<RewardConfig['targets']>,
): Check[] {
  const checks: Check[] = [];
  const atLeast = (name: string, value: number, target: number | undefined) => {
    if (target === undefined) return;
    checks.push({ name, value, target: `≥ ${target}`, pass: value >= target });
  };
  atLeast('held-out pair accuracy', accuracy.rate, targets.accuracy);
  const ratio = bound?.ratio ?? Number.NaN;
  atLeast('of what the noise of raters allows', ratio, targets.accuracyOfBound);
  return checks;
}

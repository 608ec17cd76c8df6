/** What PPO tells: of each update, and at the end. */
import { makeFolder, type StageResult, writeFileAtomic } from '../../base/index.ts';
import { exportModel } from '../../model/index.ts';
import { replaceFolder } from '../training/index.ts';
import type { PpoRun } from './build.ts';
import { meanGold } from './gold.ts';
import type { StepOutcome } from './learn.ts';
import type { ShapedRollout } from './shape.ts';
import type { Update } from './update.ts';

/** Tells of an update: numbers for files and programs, a line for people. */
export function tellUpdate(run: PpoRun, update: Update, number: number, seconds: number): void {
  const { config, training, progress, schedules } = run;
  const { episodes, outcomes, skipped } = update;
  const values = { ...valuesOf(update), ...goldOf(run, episodes) };
  progress.tell(values);
  const numTokens = episodes.reduce((sum, { answer }) => sum + answer.length, 0);
  const numbers = {
    ...{
      step: number,
      loss: mean(outcomes, ({ signs }) => signs.policyLoss),
      gradNorm: mean(outcomes, ({ signs }) => signs.gradNorm),
    },
    learningRate: schedules.policy(number) * progress.rateFactor,
    ...{ numTokens, numSamples: episodes.length, seconds },
  };
  const shown = (name: string) => (values[name] ?? Number.NaN).toPrecision(3);
  const length = Math.round(numTokens / episodes.length);
  const line = `reward ${shown('reward/mean')} · KL ${shown('kl/mean')} · ${length} tokens an answer`;
  const reason = skipped[0];
  training.metrics.step(
    { ...numbers, ...(reason !== undefined && { skipped: reason }) },
    { values: { ...values, 'speed/episodesPerSecond': episodes.length / seconds }, line },
  );
  const { saveRolloutsEvery } = config;
  if (saveRolloutsEvery !== undefined && number % saveRolloutsEvery === 0) {
    saveRollout(run, number, update.rollout);
  }
}

function goldOf({ prompts, chat }: PpoRun, episodes: Update['episodes']): Record<string, number> {
  const gold = meanGold(prompts.gold, episodes, chat);
  return gold === undefined ? {} : { 'gold/mean': gold };
}

/** `ppo/rollouts/<update>.jsonl`: every number of every token, a line for each answer. */
function saveRollout({ context }: PpoRun, number: number, { records }: ShapedRollout): void {
  const folder = context.run.file('ppo', 'rollouts');
  makeFolder(folder);
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  writeFileAtomic(context.run.file('ppo', 'rollouts', `${number}.jsonl`), lines.join(''));
}

/** By the names under which they stand in metrics.jsonl. */
function valuesOf({ episodes, rollout, outcomes, beta }: Update): Record<string, number> {
  const { signs: seen, engine, meanReward } = rollout;
  const numTokens = episodes.reduce((sum, { answer }) => sum + answer.length, 0);
  const pretrainLoss = mean(outcomes, (outcome) => outcome.pretrainLoss);
  return {
    ...{ 'reward/mean': seen.scoreMean, 'reward/std': seen.scoreStd, 'reward/shaped': meanReward },
    ...{ 'kl/mean': seen.sequenceKl, 'kl/beta': beta },
    'policy/loss': mean(outcomes, ({ signs }) => signs.policyLoss),
    'policy/clipFraction': mean(outcomes, ({ signs }) => signs.clipFraction),
    'policy/ratioMean': mean(outcomes, ({ signs }) => signs.ratioMean),
    'policy/approximateKl': mean(outcomes, (outcome) => outcome.approximateKl),
    'policy/entropy': seen.entropy,
    'value/loss': mean(outcomes, ({ signs }) => signs.valueLoss),
    'value/explainedVariance': explainedVariance(rollout),
    'answers/length': numTokens / episodes.length,
    'answers/unfinished': seen.shareUnfinished,
    'answers/distinct2': seen.distinct2,
    ...(Number.isNaN(pretrainLoss) ? {} : { 'pretrain/loss': pretrainLoss }),
    ...{ 'engine/maxDifference': engine.maxKl, 'engine/meanDifference': engine.meanDistance },
  };
}

/** 1 − Var(R − V) / Var(R) over the tokens: 1 for values that foresee all, 0 for those that know nothing. */
function explainedVariance({ records }: ShapedRollout): number {
  const returns = records.flatMap((record) => record.returns);
  const errors = records.flatMap((record) =>
    record.returns.map((r, t) => r - (record.values[t] ?? 0)),
  );
  return 1 - variance(errors) / variance(returns);
}

function variance(values: readonly number[]): number {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
}

/** NaN where no step was made. */
function mean(outcomes: readonly StepOutcome[], of: (outcome: StepOutcome) => number): number {
  return outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length;
}

/** Writes the model, of the averaged weights where there are some, and the report. */
export function finishPpo(run: PpoRun): StageResult {
  const { models, chat, ema, context, training, progress, prompts } = run;
  const { tokenizer, template: chatTemplate } = chat;
  const write = () =>
    replaceFolder(context.run.file('ppo', 'model'), (folder) =>
      exportModel(models.policy, tokenizer, folder, { chatTemplate }),
    );
  if (ema === null) write();
  else ema.swapped(write);
  const { step: numUpdates, consumedSamples: numEpisodes, ledger } = training.state;
  const { first, last, guard, beta } = progress;
  const { numRead, ids, rejections } = prompts;
  const counts = { numUpdates, numEpisodes, numPrompts: ids.length, numSkips: ledger.length };
  const asked = { numRead, rejected: rejections.counts };
  const content = { ...counts, ...asked, beta, rollbacks: guard.rollbackUpdates, first, last };
  writeFileAtomic(
    context.run.file('ppo', 'report.json'),
    `${JSON.stringify({ ...content, ledger }, null, 2)}\n`,
  );
  return { metrics: { ...counts, beta, ...resultOf(first, last) }, checks: [] };
}

function resultOf(
  first: Readonly<Record<string, number>>,
  last: Readonly<Record<string, number>>,
): Record<string, number> {
  const of = (values: Readonly<Record<string, number>>, name: string) => values[name] ?? Number.NaN;
  return {
    rewardBefore: of(first, 'reward/mean'),
    ...{ reward: of(last, 'reward/mean'), kl: of(last, 'kl/mean') },
    ...{ entropy: of(last, 'policy/entropy'), length: of(last, 'answers/length') },
  };
}

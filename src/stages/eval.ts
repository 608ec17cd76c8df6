/**
 * The evaluation: the models of a run answer the same tasks, and rules judge the answers. What the
 * base can do stands beside what was learned since, with error bars, as a table and as pages for
 * people. It knows the models by their files alone.
 */
import { existsSync } from 'node:fs';
import {
  type Check,
  ConfigError,
  makeFolder,
  ProgressLine,
  type RunDirectory,
  type StageContext,
  type StageResult,
  writeFileAtomic,
} from '../base/index.ts';
import { chatTemplateOf } from '../chat/index.ts';
import {
  answersHtml,
  answersMarkdown,
  type EvaluationTask,
  evaluateTasks,
  type Score,
  type TaskReport,
} from '../evaluate/index.ts';
import { loadModel } from '../model/index.ts';
import { latestCheckpoint } from '../train/index.ts';
import type { EvalConfig } from './eval/config.ts';
import { plainTemplate } from './eval/plain-template.ts';
import { readTasks } from './training/index.ts';

export { type EvalConfig, evalConfig } from './eval/config.ts';

/**
 * @throws ConfigError for tasks that are none, that a model cannot be asked, and targets that name no
 *   group; FileError for a run without a model.
 */
export async function evaluate(
  config: EvalConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const { run, name, stop, progress: style } = context;
  const tasks = await readTasks(config.tasks, 'eval.tasks', context);
  const reports: Record<string, TaskReport> = {};
  using progress = new ProgressLine(style);
  for (const [model, folder] of Object.entries(modelsOf(run))) {
    if (stop.isRequested) return undefined;
    progress.update(`eval: ${tasks.length} tasks, model ${model}`, { stage: 'eval', model });
    reports[model] = await evaluateFolder(folder, tasks, config);
  }
  const page = { title: `${name}: before and after 微调前后`, reports };
  makeFolder(run.file('eval'));
  writeFileAtomic(run.file('eval', 'report.json'), `${JSON.stringify(reports, null, 2)}\n`);
  writeFileAtomic(run.file('eval', 'answers.md'), answersMarkdown(page));
  writeFileAtomic(run.file('eval', 'answers.html'), answersHtml(page));
  return resultOf(config, reports);
}

/** The models of a run in the order in which they were made. */
function modelsOf(run: RunDirectory): Record<string, string> {
  const [checkpoints, tuned] = [run.file('pretrain', 'checkpoints'), run.file('sft', 'model')];
  const reinforced = run.file('ppo', 'model');
  const models = {
    // A run may fine-tune a model from elsewhere.
    ...(existsSync(checkpoints) && { base: latestCheckpoint(checkpoints) }),
    ...(existsSync(tuned) && { sft: tuned }),
    ...(existsSync(reinforced) && { ppo: reinforced }),
  };
  if (Object.keys(models).length > 0) return models;
  const hint = 'athanor sft <recipe> makes one';
  throw new ConfigError({ what: run.path, must: 'hold a model to evaluate', got: 'none', hint });
}

/** @throws ConfigError for a model that the run does not have. */
function reportOf(reports: Readonly<Record<string, TaskReport>>, name: string): TaskReport {
  const report = reports[name];
  if (report !== undefined) return report;
  const must = `be a model of the run: ${Object.keys(reports).join(', ')}`;
  throw new ConfigError({ what: 'eval.targets.of', must, got: name });
}

async function evaluateFolder(
  folder: string,
  tasks: readonly EvaluationTask[],
  { maxTokens = 64 }: EvalConfig,
): Promise<TaskReport> {
  const { model, tokenizer } = await loadModel(folder);
  try {
    const template = (await chatTemplateOf(folder, tokenizer)) ?? plainTemplate(tokenizer);
    const numTokens = tokenizer.vocabSize;
    return await evaluateTasks({ model, template, tasks, numTokens, maxTokens });
  } finally {
    model.dispose();
  }
}

function resultOf(
  { targets = {} }: EvalConfig,
  reports: Readonly<Record<string, TaskReport>>,
): StageResult {
  const metrics: Record<string, number> = {};
  for (const [model, { all, kinds }] of Object.entries(reports)) {
    metrics[model] = all.rate;
    for (const [kind, { rate }] of Object.entries(kinds)) metrics[`${model} ${kind}`] = rate;
  }
  const newest = Object.keys(reports).at(-1) as string;
  return { metrics, checks: checksOf(targets, reportOf(reports, targets.of ?? newest)) };
}

function checksOf(
  { rate, rateOfEachKind, difference }: NonNullable<EvalConfig['targets']>,
  report: TaskReport,
): Check[] {
  const checks: Check[] = [];
  const atLeast = (name: string, score: Score, target: number) =>
    checks.push({ name, value: score.rate, target: `≥ ${target}`, pass: score.rate >= target });
  if (rate !== undefined) atLeast('right answers', report.all, rate);
  if (rateOfEachKind !== undefined) {
    for (const [kind, score] of Object.entries(report.kinds)) atLeast(kind, score, rateOfEachKind);
  }
  if (difference !== undefined) {
    const [one, other] = difference.between;
    const value = Math.abs(rateOf(report, one) - rateOf(report, other));
    const name = `${one} against ${other}`;
    checks.push({
      name,
      value,
      target: `≤ ${difference.atMost}`,
      pass: value <= difference.atMost,
    });
  }
  return checks;
}

/** NaN, which passes nothing, for a group that no task belongs to. */
function rateOf({ tags, languages, kinds }: TaskReport, group: string): number {
  return (tags[group] ?? languages[group] ?? kinds[group])?.rate ?? Number.NaN;
}

/**
 * The comparison: two models answer the same prompts, and everything that people ask of reinforcement
 * stands in one table: what the reward model says, what the truth says, how far the second model went
 * from the first (KL), how long its answers are, and whether it forgot anything (Ouyang et al. 2022,
 * arXiv 2203.02155, section 4). It knows the models by their files alone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Check,
  makeFolder,
  ProgressLine,
  type RunDirectory,
  type StageContext,
  type StageResult,
  writeFileAtomic,
} from '../base/index.ts';
import {
  compareTasks,
  comparisonHtml,
  comparisonMarkdown,
  type ModelComparison,
  type Pair,
} from '../evaluate/index.ts';
import { compareFolders } from './compare/compare-folders.ts';
import type { CompareConfig } from './compare/config.ts';
import { readJudgedTasks } from './compare/judged-tasks.ts';
import { readComparePrompts } from './compare/prompts.ts';

export { compareFolders } from './compare/compare-folders.ts';
export { type CompareConfig, checkCompareConfig, compareConfig } from './compare/config.ts';
export { readJudgedTasks } from './compare/judged-tasks.ts';
export { readComparePrompts } from './compare/prompts.ts';

/**
 * @throws ConfigError for prompts that are none, models that cannot be asked, and a reward model that
 *   does not belong to them; FileError for damaged files.
 */
export async function compare(
  config: CompareConfig,
  context: StageContext,
): Promise<StageResult | undefined> {
  const { run, name, seed, progress: style } = context;
  const prompts = await readComparePrompts(config, context);
  using progress = new ProgressLine(style);
  progress.update(`compare: ${prompts.length} prompts, two models`, { stage: 'compare' });
  const { temperature = 1, maxTokens = 64 } = config;
  const comparison = await compareFolders({
    ...{ ...modelsOf(config, run), prompts, temperature, maxTokens, seed },
    rewardFolder: config.rewardModel ?? existing(run.file('reward', 'model')),
  });
  writeComparison(run.file('compare'), `${name}: before and after 强化前后`, comparison);
  return { metrics: metricsOf(comparison), checks: checksOf(config.targets ?? {}, comparison) };
}

/** `report.json`, `compare.md` and `compare.html` in a folder. */
export function writeComparison(folder: string, title: string, comparison: ModelComparison): void {
  makeFolder(folder);
  writeFileAtomic(join(folder, 'report.json'), `${JSON.stringify(comparison, null, 2)}\n`);
  writeFileAtomic(join(folder, 'compare.md'), comparisonMarkdown(title, comparison));
  writeFileAtomic(join(folder, 'compare.html'), comparisonHtml(title, comparison));
}

/** The models, and what `eval` found out about those of the run. */
function modelsOf({ models }: CompareConfig, run: RunDirectory) {
  const names: Pair<string> = models ?? ['sft', 'ppo'];
  const folders: Pair<string> = models ?? [run.file('sft', 'model'), run.file('ppo', 'model')];
  const [first, second] = names.map((name) =>
    readJudgedTasks(run.file('eval', 'report.json'), name),
  );
  return { names, folders, tasks: compareTasks(first ?? [], second ?? []) };
}

function existing(folder: string): string | undefined {
  return existsSync(folder) ? folder : undefined;
}

function metricsOf(comparison: ModelComparison): Record<string, number> {
  const { names, numItems, numPrompts, reward, gold, kl, length, unfinished, tasks } = comparison;
  const [first, second] = names;
  const both = (name: string, values: Pair<number>) => ({
    [`${name} ${first}`]: values[0],
    [`${name} ${second}`]: values[1],
  });
  const means = ({ means: [a, b] }: { means: Pair<{ value: number }> }): Pair<number> => [
    a.value,
    b.value,
  ];
  return {
    ...{ numItems, numPrompts, kl: kl.value },
    ...(gold !== null && { winRate: gold.winRate.value, ...both('gold', means(gold)) }),
    ...(reward !== null && both('reward', means(reward))),
    ...both('length', [length[0].value, length[1].value]),
    ...both('unfinished', unfinished),
    ...(tasks !== null && { accuracyDrop: tasks.drop, accuracyDropBound: tasks.dropBound }),
  };
}

function checksOf(
  { winRate, kl, accuracyDrop }: NonNullable<CompareConfig['targets']>,
  comparison: ModelComparison,
): Check[] {
  const checks: Check[] = [];
  const add = (name: string, value: number, sign: '≥' | '≤', target: number | undefined) => {
    if (target === undefined) return;
    const pass = sign === '≥' ? value >= target : value <= target;
    checks.push({ name, value, target: `${sign} ${target}`, pass });
  };
  const { gold, tasks } = comparison;
  add('gold win rate', gold?.winRate.value ?? Number.NaN, '≥', winRate);
  add('KL, nats an answer', comparison.kl.value, '≤', kl);
  add('95 % bound of lost accuracy', tasks?.dropBound ?? Number.NaN, '≤', accuracyDrop);
  return checks;
}

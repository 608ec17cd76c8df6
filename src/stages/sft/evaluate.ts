/** What the tuned model answers to tasks that rules can judge. */
import { type Check, ConfigError, type StageContext, writeFileAtomic } from '../../base/index.ts';
import {
  type EvaluationTask,
  evaluateTasks,
  formatReports,
  type Score,
} from '../../evaluate/index.ts';
import type { Gpt } from '../../model/index.ts';
import type { BaseModel } from './base-model.ts';
import type { SftConfig, TaskEvaluation } from './config.ts';

/** @throws ConfigError for a generator that does not exist. */
export function tasksOf(
  { evaluate }: SftConfig,
  { taskGenerators }: StageContext,
): readonly EvaluationTask[] {
  if (evaluate === undefined) return [];
  const { generator, options = {} } = evaluate;
  const make = Object.hasOwn(taskGenerators, generator) ? taskGenerators[generator] : undefined;
  // The generators of a recipe make what src/evaluate declares; base cannot name that type.
  if (make !== undefined) return [...make(options)] as EvaluationTask[];
  const must = `be one of ${Object.keys(taskGenerators).join(', ')}`;
  throw new ConfigError({ what: 'sft.evaluate.generator', must, got: generator });
}

/** Writes `sft/evaluation.json` with every answer, and `evaluation.md` with the table. */
export async function evaluateModel(
  model: Gpt,
  { template, tokenizer }: BaseModel,
  tasks: readonly EvaluationTask[],
  { maxTokens, targets = {} }: TaskEvaluation,
  { run }: StageContext,
): Promise<{ metrics: Record<string, number>; checks: Check[] }> {
  const numTokens = tokenizer.vocabSize;
  const limits = { numTokens, ...(maxTokens !== undefined && { maxTokens }) };
  const report = await evaluateTasks({ model, template, tasks, ...limits });
  const json = `${JSON.stringify(report, null, 2)}\n`;
  writeFileAtomic(run.file('sft', 'evaluation.json'), json);
  writeFileAtomic(run.file('sft', 'evaluation.md'), `${formatReports({ tuned: report })}\n`);
  const check = (name: string, { rate }: Score, target: number): Check => {
    const value = Math.round(1000 * rate) / 1000;
    return { name: `right answers, ${name}`, value, target: `≥ ${target}`, pass: rate >= target };
  };
  const { all, each } = targets;
  const kinds = Object.entries(report.kinds);
  return {
    metrics: { numTasks: tasks.length, rightAnswers: report.all.rate },
    checks: [
      ...(all === undefined ? [] : [check('all', report.all, all)]),
      ...(each === undefined ? [] : kinds.map(([kind, score]) => check(kind, score, each))),
    ],
  };
}

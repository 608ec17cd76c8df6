/** The tasks of the steps that only some builds have: repeated lines, and scores of a language model. */
import { join } from 'node:path';
import { olderRepeatedLines } from '../version/repeated-lines-file.ts';
import { hashOf } from '../version/version-id.ts';
import { judgedShard, type Plan } from './build-plan.ts';
import type { CheckSettings } from './checks.ts';
import { readCleaned } from './clean-output.ts';

import { linesFile, repeatedFile } from './repeated-lines.ts';
import { type ScoreTask, scoreHashes } from './score-shards.ts';
import { documentStep, type PlannedShard, repeatedFolder } from './shard-folders.ts';
import { outputsOf } from './step.ts';
import type { BuildTask } from './tasks.ts';

/** None for a build that keeps repeated lines, as of all tasks about them. */
export function hashLinesTasks(plan: Plan): BuildTask[] {
  const { repeatedLines: rules } = plan.config;
  if (rules === undefined) return [];
  return plan.shards.map((planned) => {
    const { shard, inputs } = judgedShard(plan, planned, 'clean');
    const { unit, minUnits } = rules;
    const all = { ...inputs, rules: hashOf([unit, minUnits]) };
    return { kind: 'hash lines', folder: planned.folders.lines, inputs: all, shard, rules };
  });
}

export function repeatedLinesTasks({
  config: { repeatedLines: rules },
  shards,
  ancestors,
  workFolder,
}: Plan): BuildTask[] {
  if (rules === undefined) return [];
  const older = olderRepeatedLines(ancestors, rules);
  const hashes = shards.map(({ folders }) => outputsOf(folders.lines)[linesFile]);
  const inputs = {
    rules: hashOf(rules),
    lines: hashOf([...hashes].sort()),
    older: hashOf(older.map(({ sha256 }) => sha256)),
  };
  const files = shards.map(({ folders }) => join(folders.lines, linesFile));
  const paths = older.map(({ path }) => path);
  const folder = repeatedFolder(workFolder);
  return [{ kind: 'repeated lines', folder, inputs, files, older: paths, rules }];
}

export function cutTasks(plan: Plan): BuildTask[] {
  const { repeatedLines: rules } = plan.config;
  if (rules === undefined) return [];
  const folder = repeatedFolder(plan.workFolder);
  const found = outputsOf(folder)[repeatedFile] as string;
  return plan.shards.map((planned) => {
    const { shard, inputs } = judgedShard(plan, planned, 'clean');
    const all = { ...inputs, repeated: found, rules: hashOf(rules) };
    const repeated = join(folder, repeatedFile);
    return { kind: 'cut', folder: planned.folders.cut, inputs: all, shard, repeated, rules };
  });
}

/** Of the sources that have the filter `perplexity`. */
export function scoreTasks(plan: Plan): ScoreTask[] {
  const step = documentStep(plan.config);
  const scored = plan.shards.filter((shard) => hasScores(plan, shard));
  return scored.map((planned) => {
    const { shard, inputs } = judgedShard(plan, planned, step);
    return { ...shard, folder: planned.folders.scores, inputs };
  });
}

/** What the last step checks in a shard, with hashes of all that this depends on. */
export function checksOf(
  plan: Plan,
  shard: PlannedShard,
): { checks: CheckSettings; hashes: Readonly<Record<string, string>> } {
  const { evaluationSets: sets } = plan.config;
  const key = hashOf(plan.evaluation);
  const checks: CheckSettings = sets === undefined ? {} : { evaluation: { sets, key } };
  const hashes = { evaluation: key };
  const rules = plan.config.sources[shard.source]?.clean.perplexity;
  if (rules === undefined) return { checks, hashes };
  const { folders } = shard;
  const { numKept } = readCleaned(folders[documentStep(plan.config)]);
  const scores = hashOf([rules, scoreHashes(folders.scores, numKept)]);
  const perplexity = { rules, folder: folders.scores, numDocuments: numKept };
  return { checks: { ...checks, perplexity }, hashes: { ...hashes, scores } };
}

function hasScores({ config }: Plan, { source }: PlannedShard): boolean {
  return config.sources[source]?.clean.perplexity !== undefined;
}

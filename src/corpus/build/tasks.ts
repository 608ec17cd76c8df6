/** What workers are asked to do: pure functions from files to files. */
import { loadTokenizer } from '../../tokenizer/index.ts';
import type { DuplicateRules, RepeatedLineRules } from '../deduplicate/index.ts';
import type { SignedDocuments } from '../version/version-files.ts';
import type { BuildSource } from './build-config.ts';
import { type Report, readCleaned } from './clean-output.ts';
import { cleanShard } from './clean-shard.ts';
import { deduplicateShards } from './deduplicate-shards.ts';
import type { ShardPlan } from './plan.ts';
import { cutShard, gatherRepeatedLines, hashLines } from './repeated-lines.ts';
import { sizeOf } from './sections.ts';
import { runStep } from './step.ts';
import type { JudgedShard } from './survivors.ts';
import { type WriteOptions, writeShard } from './write-shard.ts';

/** Where a task leaves its files, and the hashes of all that they depend on. */
interface StepPlace {
  folder: string;
  inputs: Readonly<Record<string, string>>;
}

type Work =
  | { kind: 'clean'; shard: ShardPlan; source: BuildSource }
  | { kind: 'deduplicate'; parts: readonly SignedDocuments[]; rules: DuplicateRules }
  | { kind: 'hash lines'; shard: JudgedShard; rules: RepeatedLineRules }
  | {
      kind: 'repeated lines';
      files: readonly string[];
      older: readonly string[];
      rules: RepeatedLineRules;
    }
  | { kind: 'cut'; shard: JudgedShard; repeated: string; rules: RepeatedLineRules }
  | { kind: 'write'; options: Omit<WriteOptions, 'countTokens'>; tokenizer: string | undefined };

export type BuildTask = StepPlace & Work;

/** Does a task, or finds it done. */
export async function runTask(task: BuildTask, report: Report): Promise<void> {
  const isNew = await runStep(task.folder, task.inputs, (folder) => work(task, folder, report));
  if (isNew || task.kind !== 'clean') return;
  const knownBytes = task.shard.files.reduce((sum, { section }) => sum + sizeOf(section), 0);
  const { numKept, tally } = readCleaned(task.folder);
  report({ numRead: tally.numRead, numKept, readBytes: 0, knownBytes });
}

async function work(task: Work, folder: string, report: Report): Promise<void> {
  switch (task.kind) {
    case 'clean':
      return cleanShard(folder, task.shard, task.source, report);
    case 'deduplicate':
      return deduplicateShards(folder, task.parts, task.rules);
    case 'hash lines':
      return hashLines(folder, task.shard, task.rules);
    case 'repeated lines':
      return gatherRepeatedLines(folder, task.files, task.older, task.rules);
    case 'cut':
      return cutShard(folder, task.shard, task.repeated, task.rules);
    case 'write': {
      const { options, tokenizer } = task;
      const countTokens = tokenizer === undefined ? undefined : await counterOf(tokenizer);
      return writeShard(folder, { ...options, ...(countTokens && { countTokens }) });
    }
  }
}

async function counterOf(file: string): Promise<(text: string) => number> {
  const tokenizer = await loadTokenizer(file);
  return (text) => tokenizer.encode(text).length;
}

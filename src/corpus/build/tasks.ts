/** What workers are asked to do: pure functions from files to files. */
import { loadTokenizer } from '../../tokenizer/index.ts';
import type { DuplicateRules } from '../deduplicate/index.ts';
import type { SignedDocuments } from '../version/version-files.ts';
import type { BuildSource } from './build-config.ts';
import { type Report, readCleaned } from './clean-output.ts';
import { cleanShard } from './clean-shard.ts';
import { deduplicateShards } from './deduplicate-shards.ts';
import type { ShardPlan } from './plan.ts';
import { sizeOf } from './sections.ts';
import { runStep } from './step.ts';
import { writeShard } from './write-shard.ts';

/** Where a task leaves its files, and the hashes of all that they depend on. */
interface StepPlace {
  folder: string;
  inputs: Readonly<Record<string, string>>;
}

export type BuildTask = StepPlace &
  (
    | { kind: 'clean'; shard: ShardPlan; source: BuildSource }
    | {
        kind: 'deduplicate';
        parts: readonly SignedDocuments[];
        rules: DuplicateRules;
      }
    | { kind: 'write'; cleanFolder: string; duplicates: string; tokenizer: string | undefined }
  );

/** Does a task, or finds it done. */
export async function runTask(task: BuildTask, report: Report): Promise<void> {
  const isNew = await runStep(task.folder, task.inputs, async (folder) => {
    if (task.kind === 'clean') await cleanShard(folder, task.shard, task.source, report);
    else if (task.kind === 'deduplicate') await deduplicateShards(folder, task.parts, task.rules);
    else {
      const { cleanFolder, duplicates, tokenizer } = task;
      const countTokens = tokenizer === undefined ? undefined : await counterOf(tokenizer);
      await writeShard(folder, { cleanFolder, duplicates, ...(countTokens && { countTokens }) });
    }
  });
  if (isNew || task.kind !== 'clean') return;
  const knownBytes = task.shard.files.reduce((sum, { section }) => sum + sizeOf(section), 0);
  report({ ...countsIn(task.folder), readBytes: 0, knownBytes });
}

async function counterOf(file: string): Promise<(text: string) => number> {
  const tokenizer = await loadTokenizer(file);
  return (text) => tokenizer.encode(text).length;
}

/** What an earlier run has read and kept. */
function countsIn(folder: string): { numRead: number; numKept: number } {
  const { numKept, tally } = readCleaned(folder);
  return { numRead: tally.numRead, numKept };
}

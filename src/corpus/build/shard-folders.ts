/** Where the steps of a build leave their files. */
import { join } from 'node:path';
import type { BuildConfig } from './build-config.ts';
import type { ShardPlan } from './plan.ts';

/** Steps on one shard. */
export type ShardStep = 'clean' | 'lines' | 'cut' | 'scores' | 'write';

/** A shard with its places of work. */
export interface PlannedShard extends ShardPlan {
  /** Over names and contents of its files. */
  inputsHash: string;
  folders: Readonly<Record<ShardStep, string>>;
}

/** The steps that leave documents for the last one. */
export type DocumentStep = 'clean' | 'cut';

export function shardFolders(
  workFolder: string,
  { source, key }: ShardPlan,
): PlannedShard['folders'] {
  const folder = (step: ShardStep) => join(workFolder, step, source, key);
  return {
    ...{ clean: folder('clean'), lines: folder('lines'), cut: folder('cut') },
    ...{ scores: folder('scores'), write: folder('write') },
  };
}

/** The last step before the last: whose documents it writes. */
export function documentStep({ repeatedLines }: BuildConfig): DocumentStep {
  return repeatedLines === undefined ? 'clean' : 'cut';
}

/** Of the search for duplicates among what a step has left. */
export function deduplicateFolder(workFolder: string, step: DocumentStep): string {
  return join(workFolder, step === 'clean' ? 'deduplicate' : 'deduplicate-cut');
}

export function repeatedFolder(workFolder: string): string {
  return join(workFolder, 'repeated-lines');
}

/** Names a shard among all of a build. */
export function keyOf({ source, key }: ShardPlan): string {
  return `${source}/${key}`;
}

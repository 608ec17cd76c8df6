/** Which files each shard reads. */
import { createHash } from 'node:crypto';
import type { Drop, Origin } from '../document.ts';
import type { BuildSource } from './build-config.ts';
import { type InputFile, type Inputs, listInputs } from './inputs.ts';

/** The files of one source that are worked on together. */
export interface ShardPlan {
  source: string;
  /** Names its folder of work; stays the same when other files come and go. */
  key: string;
  files: readonly InputFile[];
  /** Files that were refused by their names. */
  rejected: readonly { rejected: Drop; origin: Origin }[];
}

/** From this size on a file is a shard of its own. */
const largeBytes = 8 * 2 ** 20;
/** Smaller ones are put together, so many to a shard. */
const filesPerShard = 512;
const bytesPerShard = 64 * 2 ** 20;

/**
 * Distributes files over shards, by their names alone: a changed file concerns its own shard, and a
 * new one too, except where twice as many groups are needed for the small ones.
 *
 * @param files in any order
 */
export function planShards(source: string, { files, rejected }: Inputs): ShardPlan[] {
  const sorted = [...files].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const [large, small] = [sorted.filter(isLarge), sorted.filter((file) => !isLarge(file))];
  const numGroups = groupsFor(small);
  const groups = Array.from({ length: numGroups }, (): InputFile[] => []);
  for (const file of small) {
    const group = Number.parseInt(hashOfName(file.file.path).slice(0, 8), 16) % numGroups;
    groups[group]?.push(file);
  }
  const shard = (key: string, members: readonly InputFile[]) => {
    return { source, key, files: members, rejected: [] };
  };
  const shards = [
    ...groups.map((group, i) => shard(`${i}-of-${numGroups}`, group)),
    ...large.map((input) => shard(hashOfName(input.file.path).slice(0, 24), [input])),
  ].filter((plan) => plan.files.length > 0);
  return rejected.length === 0 ? shards : [...shards, { ...shard('refused', []), rejected }];
}

/** All shards of a build, in the order of their sources. @throws ConfigError, FileError */
export async function planBuild(
  sources: Readonly<Record<string, BuildSource>>,
): Promise<ShardPlan[]> {
  const shards: ShardPlan[] = [];
  for (const [name, source] of Object.entries(sources)) {
    shards.push(...planShards(name, await listInputs(name, source)));
  }
  return shards;
}

function isLarge({ file }: InputFile): boolean {
  return file.sizeBytes >= largeBytes;
}

/** A power of two, so that a new file seldom changes it. */
function groupsFor(files: readonly InputFile[]): number {
  const bytes = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const wanted = Math.max(files.length / filesPerShard, bytes / bytesPerShard);
  return wanted <= 1 ? 1 : 2 ** Math.ceil(Math.log2(wanted));
}

function hashOfName(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

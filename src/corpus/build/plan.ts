/** Which files, and which parts of large ones, each shard reads. */
import { createHash } from 'node:crypto';
import type { Drop, Origin } from '../document.ts';
import type { FileSections } from './hash-inputs.ts';
import type { InputFile, Inputs } from './inputs.ts';
import type { Section } from './sections.ts';

/** A file to read, or a section of one. */
export interface PlannedFile extends InputFile {
  section: Section;
  /** Whether there are others of the same file. */
  isPart: boolean;
}

/** The files of one source that are worked on together. */
export interface ShardPlan {
  source: string;
  /** Names its folder of work; stays the same when other files come and go. */
  key: string;
  files: readonly PlannedFile[];
  /** Files that were refused by their names. */
  rejected: readonly { rejected: Drop; origin: Origin }[];
}

/** From this size on a file is a shard of its own, or each of its sections is. */
const largeBytes = 8 * 2 ** 20;
/** Smaller ones are put together, so many to a shard. */
const filesPerShard = 512;
const bytesPerShard = 64 * 2 ** 20;

/**
 * Distributes files over shards, by their names alone: a changed file concerns its own shard, and a
 * new one too, except where twice as many groups are needed for the small ones. What is appended to
 * a large file of lines concerns its last section.
 *
 * @param inputs with files in any order
 */
export function planShards(
  source: string,
  { files, rejected }: Inputs,
  sections: FileSections,
): ShardPlan[] {
  const sorted = [...files].sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const small = sorted.filter((file) => !isLarge(file));
  const numGroups = groupsFor(small);
  const groups = Array.from({ length: numGroups }, (): PlannedFile[] => []);
  for (const file of small) {
    const group = Number.parseInt(hashOfName(file.file.path).slice(0, 8), 16) % numGroups;
    groups[group]?.push(...partsOf(file, sections));
  }
  const shard = (key: string, members: readonly PlannedFile[]) => {
    return { source, key, files: members, rejected: [] };
  };
  const shards = [
    ...groups.map((group, i) => shard(`${i}-of-${numGroups}`, group)),
    ...sorted.filter(isLarge).flatMap((input) => {
      const key = hashOfName(input.file.path).slice(0, 24);
      const parts = partsOf(input, sections);
      return parts.map((part, i) => shard(part.isPart ? `${key}-${i}` : key, [part]));
    }),
  ].filter((plan) => plan.files.length > 0);
  return rejected.length === 0 ? shards : [...shards, { ...shard('refused', []), rejected }];
}

function partsOf(input: InputFile, sections: FileSections): PlannedFile[] {
  const own = sections.get(input.path) ?? [];
  return own.map((section) => ({ ...input, section, isPart: own.length > 1 }));
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

/** The lines that a version has cut out of its documents, for the versions that stand on it. */
import { z } from 'zod';
import type { RepeatedLineRules } from '../deduplicate/index.ts';
import type { StoredVersion } from './read-version.ts';
import { fileOf } from './version-files.ts';

/** Hashes of 8 bytes, in order. */
export const repeatedLinesName = 'repeated-lines.bin';

/** What the manifest says of them, in `deduplicate`. */
const stated = z.object({
  repeatedLines: z.object({
    unit: z.enum(['line', 'paragraph']),
    minUnits: z.number(),
    sha256: z.string(),
  }),
});

export interface RepeatedLinesFile {
  path: string;
  sha256: string;
}

/** The file of a version that cut lines. */
export function repeatedLinesOf(version: StoredVersion): RepeatedLinesFile | undefined {
  const found = stated.safeParse(version.manifest.deduplicate);
  if (!found.success) return undefined;
  return { path: fileOf(version, repeatedLinesName), sha256: found.data.repeatedLines.sha256 };
}

/** Those of ancestors that compared the same units, so that the hashes mean the same. */
export function olderRepeatedLines(
  ancestors: readonly StoredVersion[],
  { unit, minUnits }: RepeatedLineRules,
): RepeatedLinesFile[] {
  return ancestors.flatMap((version) => {
    const found = stated.safeParse(version.manifest.deduplicate);
    const rules = found.data?.repeatedLines;
    if (rules?.unit !== unit || rules.minUnits !== minUnits) return [];
    return repeatedLinesOf(version) ?? [];
  });
}

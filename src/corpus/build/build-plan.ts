/** What all tasks of a build are made from. */
import { join } from 'node:path';
import type { StoredVersion } from '../version/read-version.ts';
import type { BuildConfig } from './build-config.ts';
import { cleanFiles } from './clean-output.ts';
import { duplicatesFile } from './deduplicate-shards.ts';
import { type DocumentStep, deduplicateFolder, keyOf, type PlannedShard } from './shard-folders.ts';
import { outputsOf } from './step.ts';
import type { JudgedShard } from './survivors.ts';

/** Raised when signatures of older versions cannot be compared with new ones. */
export const signatureRevision = 1;

/** What a build works on. */
export interface Plan {
  config: BuildConfig;
  shards: readonly PlannedShard[];
  ancestors: readonly StoredVersion[];
  workFolder: string;
  /** Evaluation set → hash. */
  evaluation: Readonly<Record<string, string>>;
  /** Of the vocabulary of the tokenizer that counts, or `none`. */
  tokenizerHash: string;
}

/** A shard as a step has left it, and the hashes of its documents and their duplicates. */
export function judgedShard(
  { workFolder }: Plan,
  shard: PlannedShard,
  step: DocumentStep,
): { shard: JudgedShard; inputs: { documents: string; duplicates: string } } {
  const folder = deduplicateFolder(workFolder, step);
  const name = duplicatesFile(keyOf(shard));
  const documentsFolder = shard.folders[step];
  return {
    shard: { documentsFolder, duplicates: join(folder, name) },
    inputs: {
      documents: outputsOf(documentsFolder)[cleanFiles.documents] as string,
      duplicates: outputsOf(folder)[name] as string,
    },
  };
}

/** The tasks of each step, with the hashes of what they depend on. */
import { join } from 'node:path';
import { hashFile } from '../../base/index.ts';
import { plainRules } from '../filter/index.ts';
import type { StoredVersion } from '../version/read-version.ts';
import { type SignedDocuments, signedFilesOf } from '../version/version-files.ts';
import { hashOf } from '../version/version-id.ts';
import type { BuildConfig, BuildSource } from './build-config.ts';
import { cleanFiles, readCleaned } from './clean-output.ts';
import { duplicatesFile } from './deduplicate-shards.ts';
import type { ShardPlan } from './plan.ts';
import { outputsOf } from './step.ts';
import type { BuildTask } from './tasks.ts';

/** Raised when the same rules give other documents, so that nothing of older code is reused. */
const codeVersion = '1';

/** Raised when signatures of older versions cannot be compared with new ones. */
export const signatureRevision = 1;

/** A shard with its places of work. */
export interface PlannedShard extends ShardPlan {
  /** Over names and contents of its files. */
  inputsHash: string;
  cleanFolder: string;
  writeFolder: string;
}

/** Identifies the rules of a source, and the code that understands them. */
export function rulesHashOf({ clean, reader, extraction, licence }: BuildSource): string {
  return hashOf({ codeVersion, rules: plainRules(clean), reader, extraction, licence });
}

export function cleanTasks(config: BuildConfig, shards: readonly PlannedShard[]): BuildTask[] {
  return shards.map(({ inputsHash, cleanFolder, writeFolder: _, ...shard }) => {
    const source = config.sources[shard.source] as BuildSource;
    const inputs = { files: inputsHash, rules: rulesHashOf(source) };
    return { kind: 'clean', folder: cleanFolder, inputs, shard, source };
  });
}

export function deduplicateTask(
  { deduplicate: rules }: BuildConfig,
  shards: readonly PlannedShard[],
  ancestors: readonly StoredVersion[],
  workFolder: string,
): BuildTask {
  const old = ancestors.flatMap((version) => signedFilesOf(version));
  const own = shards.map((shard): SignedDocuments => {
    const [documents, ids, signatures] = (['documents', 'ids', 'signatures'] as const).map((name) =>
      join(shard.cleanFolder, cleanFiles[name]),
    ) as [string, string, string];
    const numDocuments = readCleaned(shard.cleanFolder).numKept;
    return { documents, ids, signatures, numDocuments, key: keyOf(shard) };
  });
  const contents = shards.map((shard) => {
    const { [cleanFiles.ids]: ids, [cleanFiles.signatures]: signatures } = outputsOf(
      shard.cleanFolder,
    );
    return [keyOf(shard), ids, signatures];
  });
  const inputs = {
    rules: hashOf({ codeVersion, rules }),
    ancestors: hashOf(ancestors.map(({ manifest }) => manifest.id)),
    signatures: hashOf(contents),
  };
  const folder = deduplicateFolder(workFolder);
  return { kind: 'deduplicate', folder, inputs, parts: [...old, ...own], rules };
}

export async function writeTasks(
  { tokenizer }: BuildConfig,
  shards: readonly PlannedShard[],
  workFolder: string,
): Promise<BuildTask[]> {
  const found = outputsOf(deduplicateFolder(workFolder));
  const tokenizerHash = tokenizer === undefined ? 'none' : await hashFile(tokenizer);
  return shards.map((shard) => {
    const name = duplicatesFile(keyOf(shard));
    const inputs = {
      documents: outputsOf(shard.cleanFolder)[cleanFiles.documents] as string,
      duplicates: found[name] as string,
      tokenizer: tokenizerHash,
    };
    const duplicates = join(deduplicateFolder(workFolder), name);
    const { cleanFolder, writeFolder: folder } = shard;
    return { kind: 'write', folder, inputs, cleanFolder, duplicates, tokenizer };
  });
}

export function deduplicateFolder(workFolder: string): string {
  return join(workFolder, 'deduplicate');
}

function keyOf({ source, key }: ShardPlan): string {
  return `${source}/${key}`;
}

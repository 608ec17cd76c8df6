/** Whether the files of a version are still what was written. */
import { hashFile } from '../../base/index.ts';
import { damagedFile, type StoredVersion } from './read-version.ts';
import { repeatedLinesOf } from './repeated-lines-file.ts';
import { fileOf, shardFiles } from './version-files.ts';

/** Parts of a version that are read together. */
export type VersionPart = keyof ReturnType<typeof shardFiles>;

export const allParts: readonly VersionPart[] = [
  ...(['documents', 'drops', 'duplicates', 'ids', 'idEnds', 'signatures'] as const),
];

/** What a new version reads of those that it stands on. */
export const ancestorParts: readonly VersionPart[] = ['documents', 'ids', 'idEnds', 'signatures'];

/**
 * Reads the parts of a version that are to be used, and compares them with the hashes in its manifest:
 * what a disk has lost or another program has changed must not become part of a model.
 *
 * @throws FileError for a file that is missing, no file, or not as it was written
 */
export async function verifyFiles(
  version: StoredVersion,
  parts: readonly VersionPart[],
): Promise<void> {
  for (const [source, { files }] of Object.entries(version.manifest.sources)) {
    for (const [shard, { sha256, parts: hashes }] of files.entries()) {
      const names = shardFiles(source, shard);
      for (const part of parts) {
        const path = fileOf(version, names[part]);
        const expected = part === 'documents' ? sha256 : hashes[part];
        await verifyFile(path, expected);
      }
    }
  }
  const lines = repeatedLinesOf(version);
  if (lines !== undefined) await verifyFile(lines.path, lines.sha256);
}

async function verifyFile(path: string, sha256: string): Promise<void> {
  if ((await hashFile(path)) !== sha256) throw damagedFile(path, 'another SHA-256');
}

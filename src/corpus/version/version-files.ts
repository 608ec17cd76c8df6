/** Where the parts of a version lie in its folder. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { damagedFile, type StoredVersion } from './read-version.ts';

/** Documents with their signatures, in equal order. */
export interface SignedDocuments {
  documents: string;
  ids: string;
  signatures: string;
  numDocuments: number;
  /** Names the file of its duplicates; documents of ancestors have none. */
  key?: string;
}

/** `web`, 0 → the names of one shard's files, relative to the folder of the version. */
export function shardFiles(source: string, shard: number) {
  const name = `${source}.${String(shard).padStart(5, '0')}`;
  return {
    documents: `documents/${name}.jsonl.gz`,
    drops: `drops/${name}.jsonl.gz`,
    duplicates: `drops/${name}.duplicates.jsonl.gz`,
    ids: `ids/${name}.bin`,
    idEnds: `ids/${name}.bin.ends`,
    signatures: `signatures/${name}.bin`,
  };
}

/** The documents of a version itself, without those of its parents. */
export function signedFilesOf(version: StoredVersion): SignedDocuments[] {
  return Object.entries(version.manifest.sources).flatMap(([source, { files }]) =>
    files.map(({ numDocuments }, shard) => {
      const { documents, ids, signatures } = shardFiles(source, shard);
      const [a, b, c] = [documents, ids, signatures].map((path) => fileOf(version, path));
      return { documents: a as string, ids: b as string, signatures: c as string, numDocuments };
    }),
  );
}

/** Source → the files of its documents in one version. */
export function documentFilesOf(version: StoredVersion): Record<string, string[]> {
  const entries = Object.entries(version.manifest.sources).map(([source, { files }]) => [
    source,
    files.map(({ path }) => fileOf(version, path)),
  ]);
  return Object.fromEntries(entries);
}

/** Files of drop records, the filters' before the duplicates. */
export function dropFilesOf(version: StoredVersion): string[] {
  return Object.entries(version.manifest.sources).flatMap(([source, { files }]) =>
    files.flatMap((_, shard) => {
      const { drops, duplicates } = shardFiles(source, shard);
      return [fileOf(version, drops), fileOf(version, duplicates)];
    }),
  );
}

/**
 * A file of a version. One that is a link to somewhere else is refused: versions are passed around,
 * and a link could lead to anything of its reader's.
 *
 * @throws FileError
 */
export function fileOf({ folder }: StoredVersion, path: string): string {
  const file = join(folder, path);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() && !lstatSync(join(file, '..')).isSymbolicLink()) return file;
  throw damagedFile(file, stats === undefined ? 'no such file' : 'no ordinary file');
}

/** A version from its folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../../base/index.ts';
import type { BuildFacts, VersionManifest } from './version-manifest.ts';
import { buildFacts, versionManifest } from './version-schema.ts';

/** A version as it lies in a store. */
export interface StoredVersion {
  folder: string;
  manifest: VersionManifest;
  facts: BuildFacts;
}

/** @throws FileError when the folder holds no whole version. */
export function readVersion(folder: string): StoredVersion {
  const manifest = versionManifest.safeParse(readJson(join(folder, 'version.json')));
  const facts = buildFacts.safeParse(readJson(join(folder, 'built.json')));
  const issue = manifest.error?.issues[0] ?? facts.error?.issues[0];
  if (issue !== undefined || !manifest.success || !facts.success) {
    throw damagedVersion(folder, `${issue?.path.join('.')}: ${issue?.message}`);
  }
  return { folder, manifest: manifest.data, facts: facts.data };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new FileError({ what: path, must: 'be JSON of a version', got }, { cause });
  }
}

const hint = 'build the version again: athanor corpus build <recipe>';

export function damagedVersion(folder: string, got: string): FileError {
  return new FileError({ what: folder, must: 'hold a whole version', got, hint });
}

export function damagedFile(file: string, got: string): FileError {
  return new FileError({
    what: file,
    must: 'be a file of the version, as it was written',
    got,
    hint,
  });
}

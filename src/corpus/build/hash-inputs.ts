/** Hashes of the files that are read; a file is read again only when something about it changed. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { asFileError, writeFileAtomic } from '../../base/index.ts';
import type { InputFile } from './inputs.ts';

interface KnownFile {
  /** Size and times: as long as they are the same, the content is taken to be. */
  state: string;
  sha256: string;
}

/**
 * @param cache a file that remembers hashes from run to run
 * @returns path → SHA-256 @throws FileError
 */
export async function hashInputs(
  files: readonly InputFile[],
  cache: string,
): Promise<ReadonlyMap<string, string>> {
  const known = readCache(cache);
  const hashes = new Map<string, KnownFile>();
  for (const { path } of files) {
    const state = await stateOf(path);
    const before = known.get(path);
    const sha256 = before?.state === state ? before.sha256 : await hashStream(path);
    hashes.set(path, { state, sha256 });
  }
  writeFileAtomic(cache, JSON.stringify([...hashes]));
  return new Map([...hashes].map(([path, { sha256 }]) => [path, sha256]));
}

async function stateOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat(path);
    return [size, mtimeMs, ctimeMs, ino].join(' ');
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
}

async function hashStream(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const block of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      hash.update(block as Buffer);
    }
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
  return hash.digest('hex');
}

function readCache(path: string): Map<string, KnownFile> {
  try {
    return new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, KnownFile][]);
  } catch {
    return new Map();
  }
}

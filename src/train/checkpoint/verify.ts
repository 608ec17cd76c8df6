/** Whether a checkpoint on disk is the one that was written. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FileError } from '../../base/index.ts';
import { folderName } from './folder-name.ts';
import { type FileRecord, type Manifest, manifestName, parseManifest } from './manifest.ts';

const chunkBytes = 4 * 2 ** 20;

/** A checkpoint whose every byte was compared with its manifest. */
export interface VerifiedCheckpoint {
  path: string;
  manifest: Manifest;
  /** SHA-256 of the manifest, which names this checkpoint as a parent. */
  sha256: string;
}

/**
 * Reads every file of a checkpoint and compares sizes and hashes with the manifest.
 *
 * @throws FileError, naming the first thing that is wrong.
 */
export function verifyCheckpoint(path: string): VerifiedCheckpoint {
  const manifestPath = join(path, manifestName);
  const text = attempt(manifestPath, () => readFileSync(manifestPath, 'utf8'));
  const { manifest, sha256 } = parseManifest(text, manifestPath);
  if (folderName(manifest.state.step) !== basename(path)) {
    throw refuse(path, 'be the folder of its manifest', folderName(manifest.state.step));
  }
  for (const [name, record] of Object.entries(manifest.files)) {
    const file = join(path, name);
    attempt(file, () => verifyFile(file, record));
  }
  return { path, manifest, sha256 };
}

/**
 * What of a folder changes when somebody writes to one of its files: cheap to ask for again, so that
 * a checkpoint need not be hashed each time.
 */
export function identityOf(path: string): string {
  const names = readdirSync(path).sort();
  const identities = names.map((name) => {
    const { ino, size, mtimeNs, ctimeNs } = statSync(join(path, name), { bigint: true });
    return [name, ino, size, mtimeNs, ctimeNs].join(' ');
  });
  return identities.join('\n');
}

function verifyFile(path: string, { sizeBytes, sha256 }: FileRecord): void {
  const fd = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, sizeBytes + 1));
    let numRead = 0;
    for (;;) {
      const more = readSync(fd, buffer, 0, buffer.length, numRead);
      if (more === 0) break;
      hash.update(buffer.subarray(0, more));
      numRead += more;
    }
    if (numRead !== sizeBytes) throw refuse(path, `have ${sizeBytes} bytes`, String(numRead));
    const found = hash.digest('hex');
    if (found !== sha256) throw refuse(path, `have SHA-256 ${sha256}`, found);
  } finally {
    closeSync(fd);
  }
}

/**
 * Errors that say the data is bad become FileErrors; those that say nothing about it, such as too
 * many open files, pass through, for they are no reason to set a checkpoint aside.
 */
function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'EIO', 'EISDIR', 'ENOTDIR'].includes(code)) throw error;
    throw refuse(path, 'be a readable file', code);
  }
}

function refuse(what: string, must: string, got: string): FileError {
  return new FileError({ what, must, got });
}

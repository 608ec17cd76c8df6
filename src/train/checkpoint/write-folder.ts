/**
 * Writes one checkpoint so that it exists whole or not at all: into a folder of a temporary name,
 * hashed on the way, synced, renamed, and the parent synced. Runs in the writer's thread, without
 * LibTorch.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { FileError, syncFolder } from '../../base/index.ts';
import { corruptPath, stepPath, temporaryName } from './folder-name.ts';
import { type FileRecord, formatManifest, type Manifest, manifestName } from './manifest.ts';
import { verifyCheckpoint } from './verify.ts';

const chunkBytes = 4 * 2 ** 20;
/** Free space asked for, as a multiple of what will be written. */
const spareFactor = 1.2;

/** What a checkpoint is made of. */
export interface FolderContent {
  root: string;
  files: ReadonlyMap<string, Uint8Array>;
  manifest: Omit<Manifest, 'files'>;
}

/** @returns the SHA-256 of the manifest. @throws when the disk refuses; nothing is left then. */
export function writeFolder({ root, files, manifest }: FolderContent): string {
  const target = stepPath(root, manifest.state.step);
  const existing = findEqual(target);
  if (existing !== undefined) return existing;
  checkFreeSpace(root, files);
  const temporary = temporaryName(target);
  try {
    mkdirSync(temporary);
    const records: Record<string, FileRecord> = {};
    for (const [name, bytes] of files) records[name] = writeFile(join(temporary, name), bytes);
    const { text, sha256 } = formatManifest({ ...manifest, files: records });
    writeFile(join(temporary, manifestName), Buffer.from(text));
    syncFolder(temporary);
    renameSync(temporary, target);
    commit(root, target, temporary);
    return sha256;
  } catch (error) {
    removeIfPossible(temporary);
    throw error;
  }
}

/** A run that is stopped right after a save saves the same step again: it is there already. */
function findEqual(target: string): string | undefined {
  if (!existsSync(target)) return undefined;
  try {
    return verifyCheckpoint(target).sha256;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    renameSync(target, corruptPath(target));
    return undefined;
  }
}

/** Until the parent is synced, a power cut may undo the rename; if it cannot be, nor can "saved". */
function commit(root: string, target: string, temporary: string): void {
  try {
    syncFolder(root);
  } catch (error) {
    renameSync(target, temporary);
    throw error;
  }
}

function writeFile(path: string, bytes: Uint8Array): FileRecord {
  const hash = createHash('sha256');
  const fd = openSync(path, 'wx');
  try {
    for (let done = 0; done < bytes.length; ) {
      const chunk = bytes.subarray(done, done + chunkBytes);
      const numWritten = writeSync(fd, chunk);
      hash.update(chunk.subarray(0, numWritten));
      done += numWritten;
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return { sizeBytes: bytes.length, sha256: hash.digest('hex') };
}

function checkFreeSpace(root: string, files: FolderContent['files']): void {
  const sizeBytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize >= sizeBytes * spareFactor) return;
  throw new FileError({
    what: `the free space for a checkpoint in ${root}`,
    must: `be at least ${Math.ceil(sizeBytes * spareFactor)} bytes`,
    got: `${bavail * bsize}`,
    hint: 'free space on this disk: training goes on, and the next save tries again',
  });
}

function removeIfPossible(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // What stays has a temporary name, and goes when the store is opened the next time.
  }
}

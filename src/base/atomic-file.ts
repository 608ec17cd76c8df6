import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { asFileError, systemErrorCode } from './file-failure.ts';

/**
 * Writes a file so that after a crash or a power cut at any moment `path` holds either what it held
 * before or all of `content`, never a part of it: write to a new file in the same folder, fsync,
 * rename, fsync the folder. When this returns, the file has reached the disk. A symbolic link at
 * `path` is replaced, not followed. A killed process leaves its `.<name>.tmp-<uuid>` behind.
 *
 * @param content the bytes or the text (UTF-8), or a function that writes them to the descriptor
 *   it is given; what that function throws on its own account passes through unchanged.
 * @throws FileError when the file system refuses; nothing is left behind, the old file is untouched.
 */
export function writeFileAtomic(
  path: string,
  content: string | Uint8Array | ((fd: number) => void),
): void {
  // Fifty characters are at most 150 bytes, so that the longer name stays below the usual 255.
  const name = `.${basename(path).slice(0, 50)}.tmp-${randomUUID()}`;
  const temporary = join(dirname(path), name);
  try {
    writeNewFile(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw asFileError(error, path, 'write');
  }
  try {
    syncFolder(dirname(path));
  } catch (error) {
    // The new file is in place, but a power cut could still undo the rename: that is not "saved".
    throw asFileError(error, path, 'write');
  }
}

function writeNewFile(path: string, content: string | Uint8Array | ((fd: number) => void)): void {
  const fd = openSync(path, 'wx');
  try {
    if (typeof content === 'function') content(fd);
    else writeFileSync(fd, content);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Syncs the names in a folder: a rename lasts through a power cut only when the folder that holds
 * the name is synced too. Throws what the file system says.
 */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    // Some network file systems cannot sync a folder and say so; there is no more to be done there.
    if (systemErrorCode(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(fd);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // The failure that led here matters more than a left-over that cannot be removed.
  }
}

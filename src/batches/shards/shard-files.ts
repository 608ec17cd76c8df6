/** Positional reads from the files of a data set. */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { asFileError, FileError } from '../../base/index.ts';
import type { FileRecord } from './manifest.ts';

/** Far below the usual limit of 1,024 open files; a data set may have more shards. */
const maxOpenFiles = 128;
const blockBytes = 2 ** 20;

interface KnownFile {
  record: FileRecord;
  /** What the file system said when the data set was opened. */
  inode: number;
  modifiedMs: number;
}

/**
 * The files of one data set. They are read by position into memory of our own: of a file in a memory
 * map that somebody cuts, the next read would end the process. Every time a file is opened it is
 * compared with what it was at first.
 */
export class ShardFiles {
  readonly #known = new Map<string, KnownFile>();
  readonly #descriptors = new Map<string, number>();

  /** Takes up a file. @throws FileError when it is missing, cut or, for `hashes`, changed. */
  add(path: string, record: FileRecord, verify: 'sizes' | 'hashes'): void {
    const fd = open(path);
    try {
      const { size, ino, mtimeMs } = fstatSync(fd);
      if (size !== record.sizeBytes) {
        throw damaged(path, `have ${record.sizeBytes} bytes`, `${size}`);
      }
      if (verify === 'hashes' && hashOf(fd, path, record.sizeBytes) !== record.sha256) {
        throw damaged(path, 'be as it was written', 'another SHA-256');
      }
      this.#known.set(path, { record, inode: ino, modifiedMs: mtimeMs });
    } finally {
      closeSync(fd);
    }
  }

  /** Fills `bytes` from a position. @throws FileError when the file has changed or is cut. */
  read(path: string, position: number, bytes: Uint8Array): void {
    readFully(this.#descriptor(path), path, position, bytes);
  }

  close(): void {
    for (const fd of this.#descriptors.values()) closeSync(fd);
    this.#descriptors.clear();
    this.#known.clear();
  }

  #descriptor(path: string): number {
    const opened = this.#descriptors.get(path);
    if (opened !== undefined) return opened;
    const known = this.#known.get(path);
    if (known === undefined) throw damaged(path, 'be open', 'a closed data set');
    if (this.#descriptors.size >= maxOpenFiles) this.#closeOldest();
    const fd = open(path);
    const { size, ino, mtimeMs } = fstatSync(fd);
    const { record, inode, modifiedMs } = known;
    if (size !== record.sizeBytes || ino !== inode || mtimeMs !== modifiedMs) {
      closeSync(fd);
      throw damaged(path, 'stay as it is while it is used', 'a change');
    }
    this.#descriptors.set(path, fd);
    return fd;
  }

  #closeOldest(): void {
    for (const [path, fd] of this.#descriptors) {
      closeSync(fd);
      this.#descriptors.delete(path);
      return;
    }
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
}

function hashOf(fd: number, path: string, sizeBytes: number): string {
  const hash = createHash('sha256');
  const block = new Uint8Array(Math.min(blockBytes, sizeBytes));
  for (let at = 0; at < sizeBytes; at += blockBytes) {
    const part = block.subarray(0, Math.min(blockBytes, sizeBytes - at));
    readFully(fd, path, at, part);
    hash.update(part);
  }
  return hash.digest('hex');
}

function readFully(fd: number, path: string, position: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) {
    const numBytes = readSync(fd, bytes, done, bytes.length - done, position + done);
    if (numBytes === 0) {
      throw damaged(path, `have ${position + bytes.length} bytes`, `${position + done}`);
    }
    done += numBytes;
  }
}

function damaged(path: string, must: string, got: string): FileError {
  const hint = 'write the shards again; nothing else may write to their folder';
  return new FileError({ what: path, must, got, hint });
}

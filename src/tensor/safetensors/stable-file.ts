import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { AthanorError, FileError } from '../../base/index.ts';

/**
 * The age in ms from which a change time can be trusted. Kernels stamp files with a clock that moves
 * every 1 to 10 ms: what is written within one tick of the last change leaves no trace.
 */
const settledAfterMs = 20;
const maxWaits = 50;

/**
 * A regular file opened for reading by position, which notices when somebody changes it meanwhile:
 * device, inode, size, time of modification and time of change must stay as they were. The time of
 * change moves with every write, truncation, chmod, rename and unlink and cannot be set back.
 *
 * Files are never mapped: a mapped file that somebody truncates kills the process. Out of sight stay
 * writers through a shared mapping, and changes that began before the file was opened: a file left
 * half written looks like any other. The checksums of manifests are for those.
 */
export class StableFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #identity: string;
  #fd: number | undefined;

  /**
   * Opens a file; the last part of the path must not be a symbolic link. A file that was changed in
   * the last 20 ms is waited for.
   *
   * @throws FileError when it cannot be opened, is no regular file or is being written all the time.
   */
  constructor(path: string) {
    this.path = path;
    this.#fd = openForReading(path);
    try {
      const stat = this.#settledStat();
      this.sizeBytes = Number(stat.size);
      this.#identity = identityOf(stat);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Lets `read` read from the descriptor, and gives its result only if the file was still unchanged
   * afterwards.
   *
   * @throws FileError when the file has changed or `read` fails, with the failure as the cause.
   */
  read<T>(read: (fd: number) => T): T {
    const fd = this.#openFd();
    let result: T;
    try {
      result = read(fd);
    } catch (error) {
      // A change explains more than the failure that it leads to.
      this.#checkUnchanged(fd);
      throw error instanceof FileError ? error : unreadable(this.path, error);
    }
    this.#checkUnchanged(fd);
    return result;
  }

  /** Reads `sizeBytes` bytes from `position` into a new buffer. @throws FileError as `read`. */
  readBytes(position: number, sizeBytes: number): Buffer {
    return this.read((fd) => {
      const buffer = Buffer.allocUnsafe(sizeBytes);
      for (let numRead = 0; numRead < sizeBytes; ) {
        const more = readSync(fd, buffer, numRead, sizeBytes - numRead, position + numRead);
        if (more === 0) throw changed(this.path);
        numRead += more;
      }
      return buffer;
    });
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #checkUnchanged(fd: number): void {
    if (identityOf(fstatSync(fd, { bigint: true })) !== this.#identity) throw changed(this.path);
  }

  #openFd(): number {
    if (this.#fd !== undefined) return this.#fd;
    throw new AthanorError({
      what: this.path,
      must: 'be open when it is read',
      got: 'a closed file',
    });
  }

  #settledStat(): BigIntStats {
    const cell = new Int32Array(new SharedArrayBuffer(4));
    for (let numWaits = 0; numWaits < maxWaits; numWaits++) {
      const stat = fstatSync(this.#openFd(), { bigint: true });
      if (!stat.isFile()) throw notRegular(this.path, 'another kind');
      const ageMs = Date.now() - Number(stat.ctimeMs);
      // A change time far in the future is that of a server with another clock; waiting is no help.
      if (Math.abs(ageMs) >= settledAfterMs) return stat;
      Atomics.wait(cell, 0, 0, settledAfterMs - ageMs);
    }
    throw changed(this.path);
  }
}

function openForReading(path: string): number {
  try {
    // Without O_NONBLOCK, opening a pipe would wait for a writer for ever.
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOOP') throw unreadable(path, error);
    const hint = 'give the path that the link leads to; a folder of links is copied with cp -rL';
    throw notRegular(path, 'a symbolic link', hint);
  }
}

function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

function changed(path: string): FileError {
  return new FileError({
    what: path,
    must: 'stay as it is while it is read',
    got: 'a change by another program',
    hint: 'read it again when nobody writes to it',
  });
}

function notRegular(path: string, got: string, hint?: string): FileError {
  return new FileError({ what: path, must: 'be a regular file', got, hint });
}

function unreadable(path: string, cause: unknown): FileError {
  const { message, code = message } = cause as NodeJS.ErrnoException;
  return new FileError({ what: path, must: 'be readable', got: code }, { cause });
}

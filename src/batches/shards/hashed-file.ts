import { createHash } from 'node:crypto';
import { closeSync, fdatasync, fsync, openSync, writeSync } from 'node:fs';
import { asFileError } from '../../base/index.ts';
import type { FileRecord, TokenDtype } from './manifest.ts';

/** Numbers that wait for the disk and the hash; larger blocks measured no faster. */
const bufferLength = 2 ** 18;
/** Bytes that the disk is asked to take up while more are made, so that the end has little to wait for. */
const bytesPerSync = 2 ** 23;
const arrayTypes = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array } as const;

/**
 * A new file of little-endian numbers, hashed while it is written. All platforms that the project
 * runs on are little endian, so typed arrays are written as they lie in memory.
 */
export class HashedFile {
  readonly #path: string;
  readonly #fd: number;
  readonly #hash = createHash('sha256');
  readonly #buffer: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  #isOpen = true;
  #length = 0;
  #sizeBytes = 0;
  #numUnsynced = 0;
  /** Ends, never rejected, when the disk has taken up what it was last asked to. */
  #syncing: Promise<void> | undefined;
  /** What a sync in the background met: later ones may not be told of it again. */
  #failure: unknown;

  /** Like everything else here, @throws FileError when the file system refuses. */
  constructor(path: string, dtype: TokenDtype | 'uint8') {
    this.#path = path;
    this.#fd = this.#attempt(() => openSync(path, 'wx'));
    this.#buffer = new arrayTypes[dtype](bufferLength);
  }

  push(value: number): void {
    if (this.#length === bufferLength) this.#flush();
    this.#buffer[this.#length++] = value;
  }

  append(values: Uint32Array | Uint8Array): void {
    for (let from = 0; from < values.length; ) {
      if (this.#length === bufferLength) this.#flush();
      const part = values.subarray(from, from + bufferLength - this.#length);
      this.#buffer.set(part, this.#length);
      this.#length += part.length;
      from += part.length;
    }
  }

  /** Writes what is left, waits for the disk and closes. */
  async finish(): Promise<FileRecord> {
    this.#flush();
    await this.#syncing;
    this.#syncing = this.#sync(fsync);
    await this.close();
    this.#attempt(() => this.#throwFailure());
    return { sizeBytes: this.#sizeBytes, sha256: this.#hash.digest('hex') };
  }

  /** Closes without finishing, when nothing waits for the disk; does nothing to a finished one. */
  async close(): Promise<void> {
    await this.#syncing;
    if (this.#isOpen) closeSync(this.#fd);
    this.#isOpen = false;
  }

  #flush(): void {
    const sizeBytes = this.#length * this.#buffer.BYTES_PER_ELEMENT;
    const bytes = new Uint8Array(this.#buffer.buffer, 0, sizeBytes);
    this.#hash.update(bytes);
    this.#attempt(() => {
      this.#throwFailure();
      for (let done = 0; done < sizeBytes; ) done += writeSync(this.#fd, bytes, done);
    });
    this.#sizeBytes += sizeBytes;
    this.#numUnsynced += sizeBytes;
    this.#length = 0;
    if (this.#numUnsynced >= bytesPerSync) this.#syncInBackground();
  }

  #syncInBackground(): void {
    if (this.#syncing !== undefined) return;
    this.#numUnsynced = 0;
    this.#syncing = this.#sync(fdatasync).then(() => {
      this.#syncing = undefined;
    });
  }

  #sync(call: typeof fsync): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      call(this.#fd, (error) => (error === null ? resolve() : reject(error)));
    }).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asFileError(error, this.#path, 'write');
    }
  }
}

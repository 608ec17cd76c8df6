import * as fs from 'node:fs';

const blockBytes = 2 ** 18;

/** Appends bytes to a new file in blocks; closed, the file has reached the disk. */
export class BytesWriter {
  #fd: number | undefined;
  #parts: Uint8Array[] = [];
  #numBytes = 0;

  constructor(path: string) {
    this.#fd = fs.openSync(path, 'wx');
  }

  write(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#numBytes += bytes.length;
    if (this.#numBytes >= blockBytes) this.#flush();
  }

  close(): void {
    if (this.#fd === undefined) return;
    this.#flush();
    fs.fsyncSync(this.#fd);
    this.abandon();
  }

  /** Gives the file up after a failure. */
  abandon(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#numBytes = 0;
    for (let done = 0; done < bytes.length; ) {
      done += fs.writeSync(this.#fd as number, bytes, done);
    }
  }
}

/** Gzipped lines whose bytes depend on nothing but the lines. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { gzipSync } from 'node:zlib';

/** A file of lines, as it was written. */
export interface WrittenLines {
  numLines: number;
  /** Of the lines. */
  contentSha256: string;
  /** Of the file. */
  sha256: string;
  sizeBytes: number;
}

/** Members of this size are packed one by one, which costs less than a hundredth of the size. */
const memberBytes = 2 ** 20;
/** Where a gzip header names the system it was made on; 255 is "unknown". */
const systemByte = 9;

/** A value as JSON, with its line feed. */
export function lineOf(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

/**
 * Writes JSON values, one a line, as gzip members of a megabyte. Needs memory for one of them and
 * one line. The file has reached the disk when `close` returns.
 */
export class LinesWriter {
  #fd: number | undefined;
  readonly #level: number;
  readonly #content = createHash('sha256');
  readonly #file = createHash('sha256');
  #parts: Buffer[] = [];
  #numBytes = 0;
  #numLines = 0;
  #sizeBytes = 0;

  /** @param level of compression: 1 for files that are read once, 6 for those that stay */
  constructor(path: string, level: 1 | 6 = 6) {
    this.#fd = fs.openSync(path, 'wx');
    this.#level = level;
  }

  write(value: object): void {
    this.writeLine(lineOf(value));
  }

  /** @param line of `lineOf` */
  writeLine(line: Buffer): void {
    this.#content.update(line);
    this.#parts.push(line);
    this.#numBytes += line.length;
    this.#numLines++;
    if (this.#numBytes >= memberBytes) this.#flush();
  }

  close(): WrittenLines {
    try {
      // A file without a line is still one that gunzip opens.
      if (this.#numBytes > 0 || this.#sizeBytes === 0) this.#flush();
      fs.fsyncSync(this.#fd as number);
    } finally {
      this.abandon();
    }
    return {
      numLines: this.#numLines,
      contentSha256: this.#content.digest('hex'),
      sha256: this.#file.digest('hex'),
      sizeBytes: this.#sizeBytes,
    };
  }

  /** Gives the file up after a failure. */
  abandon(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  #flush(): void {
    const member = gzipSync(Buffer.concat(this.#parts), { level: this.#level });
    member[systemByte] = 255;
    this.#parts = [];
    this.#numBytes = 0;
    this.#file.update(member);
    this.#sizeBytes += member.length;
    for (let done = 0; done < member.length; ) {
      done += fs.writeSync(this.#fd as number, member, done);
    }
  }
}

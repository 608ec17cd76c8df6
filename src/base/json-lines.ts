/** A file of JSON values, one a line, that survives its writer being killed. */
import * as fs from 'node:fs';
import { asFileError } from './file-failure.ts';

/**
 * Appends JSON values to a file, each as one line. Opening repairs what a killed writer left: a last
 * line without its end is cut off. Each value is handed to the operating system before `append`
 * returns, so only a power cut can lose it; `sync` guards against that too.
 */
export class JsonLinesFile implements Disposable {
  readonly path: string;
  #fd: number | undefined;

  /**
   * @param keep asked for every value in the file, in order; the first that it refuses is cut off
   *   with all that follow. A resumed run keeps the steps up to its checkpoint.
   * @throws FileError when the file cannot be read or written.
   */
  constructor(path: string, keep: (value: unknown) => boolean = () => true) {
    this.path = path;
    this.#fd = this.#attempt(() => fs.openSync(path, 'a+'));
    this.cut(keep);
  }

  /** @throws FileError when the disk is full, or the file is closed. */
  append(value: object): void {
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    this.#attempt((fd) => {
      const { size } = fs.fstatSync(fd);
      try {
        for (let done = 0; done < line.length; ) done += fs.writeSync(fd, line, done);
      } catch (error) {
        // Half a line would glue itself to the next one.
        fs.ftruncateSync(fd, size);
        throw error;
      }
    });
  }

  /** Cuts off the first value that `keep` refuses, and all that follow it. */
  cut(keep: (value: unknown) => boolean): void {
    this.#attempt((fd) => {
      const bytes = fs.readFileSync(this.path);
      const end = endOfKept(bytes, keep);
      if (end < bytes.length) fs.ftruncateSync(fd, end);
    });
  }

  /** Waits until everything has reached the disk. @throws FileError when the disk refuses. */
  sync(): void {
    this.#attempt((fd) => fs.fsyncSync(fd));
  }

  close(): void {
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #attempt<T>(work: (fd: number) => T): T {
    try {
      return work(this.#fd ?? -1);
    } catch (error) {
      throw asFileError(error, this.path, 'write');
    }
  }
}

function endOfKept(bytes: Buffer, keep: (value: unknown) => boolean): number {
  let end = 0;
  for (;;) {
    const newline = bytes.indexOf(10, end);
    if (newline === -1) return end;
    try {
      if (!keep(JSON.parse(bytes.toString('utf8', end, newline)))) return end;
    } catch {
      return end;
    }
    end = newline + 1;
  }
}

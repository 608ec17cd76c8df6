/** The ids of a shard's documents, to look one up by its number without reading the others. */
import * as fs from 'node:fs';
import { BytesWriter } from './bytes-writer.ts';

/** Two files: the ids in a row, and as numbers of 8 bytes where each of them ends. */
export class IdWriter {
  readonly #ids: BytesWriter;
  readonly #ends: BytesWriter;
  #end = 0;

  constructor(path: string) {
    this.#ids = new BytesWriter(path);
    this.#ends = new BytesWriter(endsOf(path));
  }

  write(id: string): void {
    const bytes = Buffer.from(id);
    this.#end += bytes.length;
    const end = Buffer.allocUnsafe(8);
    end.writeDoubleLE(this.#end);
    this.#ids.write(bytes);
    this.#ends.write(end);
  }

  close(): void {
    this.#ids.close();
    this.#ends.close();
  }

  abandon(): void {
    this.#ids.abandon();
    this.#ends.abandon();
  }
}

export class IdFile implements Disposable {
  readonly numIds: number;
  readonly #ids: number;
  readonly #ends: number;

  constructor(path: string) {
    this.#ends = fs.openSync(endsOf(path), 'r');
    this.#ids = fs.openSync(path, 'r');
    this.numIds = fs.fstatSync(this.#ends).size / 8;
  }

  /** @param index below `numIds` */
  idAt(index: number): string {
    const isFirst = index === 0;
    const ends = readAt(this.#ends, isFirst ? 0 : 8 * (index - 1), isFirst ? 8 : 16);
    const start = isFirst ? 0 : ends.readDoubleLE(0);
    return readAt(this.#ids, start, ends.readDoubleLE(ends.length - 8) - start).toString();
  }

  [Symbol.dispose](): void {
    fs.closeSync(this.#ids);
    fs.closeSync(this.#ends);
  }
}

/** `ids.bin` → `ids.bin.ends` */
function endsOf(path: string): string {
  return `${path}.ends`;
}

function readAt(fd: number, position: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  fs.readSync(fd, buffer, 0, length, position);
  return buffer;
}

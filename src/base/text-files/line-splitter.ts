/** Lines of blocks of bytes, of bounded length. */

/** Longer lines are given up: a text of that size is no document, and a string could not hold all. */
export const maxLineBytes = 16 * 2 ** 20;

export interface Line {
  /** Its number, from 1. */
  number: number;
  /**
   * Without the line feed; `undefined` when it is longer than `maxLineBytes`. Valid until the next
   * line is asked for.
   */
  bytes: Buffer | undefined;
}

/** Cuts a text that arrives in blocks at its line feeds, holding no more than one line of it. */
export class LineSplitter {
  #number: number;
  #parts: Buffer[] = [];
  #numBytes = 0;

  /** @param firstLine the number of the first line, where the blocks begin inside a file */
  constructor(firstLine = 1) {
    this.#number = firstLine - 1;
  }

  /** The lines that end in this block. */
  *push({ buffer, byteOffset, length }: Uint8Array): Generator<Line> {
    const block = Buffer.from(buffer, byteOffset, length);
    let start = 0;
    for (let end = block.indexOf(0x0a); end >= 0; end = block.indexOf(0x0a, start)) {
      this.#keep(block.subarray(start, end));
      yield this.#take();
      start = end + 1;
    }
    // The caller may use its block again, so what is kept is a copy.
    if (start < block.length) this.#keep(Buffer.from(block.subarray(start)));
  }

  /** The last line, if it does not end in a line feed. */
  *end(): Generator<Line> {
    if (this.#numBytes > 0) yield this.#take();
  }

  #keep(bytes: Buffer): void {
    this.#numBytes += bytes.length;
    if (this.#numBytes <= maxLineBytes) this.#parts.push(bytes);
    else this.#parts = [];
  }

  #take(): Line {
    const isTooLong = this.#numBytes > maxLineBytes;
    const [first, ...rest] = this.#parts;
    const bytes = rest.length === 0 ? (first ?? Buffer.alloc(0)) : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#numBytes = 0;
    return { number: ++this.#number, bytes: isTooLong ? undefined : bytes };
  }
}

/** Lines of blocks of bytes, of bounded length. */

/** Longer lines are given up: a text of that size is no document. */
const maxLineBytes = 16 * 2 ** 20;

export class LineReader {
  #parts: Uint8Array[] = [];
  #numBytes = 0;

  /** The lines that end in this block; `undefined` for one that was too long. */
  *push(block: Uint8Array): Generator<Uint8Array | undefined> {
    let start = 0;
    for (let end = block.indexOf(0x0a); end >= 0; end = block.indexOf(0x0a, start)) {
      this.#keep(block.subarray(start, end));
      yield this.#take();
      start = end + 1;
    }
    // The caller may use its block again, so what is kept is a copy.
    this.#keep(block.slice(start));
  }

  /** The last line, which no line end follows. */
  end(): Uint8Array | undefined {
    return this.#take();
  }

  #keep(bytes: Uint8Array): void {
    this.#numBytes += bytes.length;
    if (this.#numBytes <= maxLineBytes) this.#parts.push(bytes);
    else this.#parts = [];
  }

  #take(): Uint8Array | undefined {
    const isTooLong = this.#numBytes > maxLineBytes;
    const [first, ...rest] = this.#parts;
    const line = rest.length === 0 ? first : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#numBytes = 0;
    return isTooLong ? undefined : (line ?? new Uint8Array(0));
  }
}

/** Takes so many bytes at a time from blocks of any size. */
export class ByteReader {
  readonly #blocks: AsyncIterator<Uint8Array>;
  #block: Uint8Array = new Uint8Array();
  /** How many bytes were taken. */
  numTaken = 0;

  constructor(blocks: AsyncIterable<Uint8Array>) {
    this.#blocks = blocks[Symbol.asyncIterator]();
  }

  /** A copy of the next bytes; fewer at the end. */
  async take(numBytes: number): Promise<Buffer> {
    const taken = Buffer.allocUnsafe(numBytes);
    const length = await this.#pass(numBytes, (part, at) => taken.set(part, at));
    return taken.subarray(0, length);
  }

  /** Passes over bytes. Answers how many there were. */
  skip(numBytes: number): Promise<number> {
    return this.#pass(numBytes, () => {});
  }

  async isAtEnd(): Promise<boolean> {
    return !(await this.#fill());
  }

  /** Lets go of the blocks. */
  async close(): Promise<void> {
    await this.#blocks.return?.();
  }

  async #pass(numBytes: number, see: (part: Uint8Array, at: number) => void): Promise<number> {
    let passed = 0;
    while (passed < numBytes) {
      if (!(await this.#fill())) break;
      const part = this.#block.subarray(0, numBytes - passed);
      see(part, passed);
      this.#block = this.#block.subarray(part.length);
      passed += part.length;
    }
    this.numTaken += passed;
    return passed;
  }

  /** Fetches a block when none is left. Answers whether there are bytes. */
  async #fill(): Promise<boolean> {
    while (this.#block.length === 0) {
      const next = await this.#blocks.next();
      if (next.done) return false;
      this.#block = next.value;
    }
    return true;
  }
}

/**
 * Turns tokens into text one by one. A character whose bytes come in several tokens appears when it
 * is complete; the texts together equal the text of all tokens decoded at once.
 */
export class StreamDecoder {
  readonly #bytesOf: (id: number) => Uint8Array;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @param bytesOf the bytes of a token; throws for ids that are none. */
  constructor(bytesOf: (id: number) => Uint8Array) {
    this.#bytesOf = bytesOf;
  }

  /** The text that this token completes, often ''. */
  push(id: number): string {
    return this.#decoder.decode(this.#bytesOf(id), { stream: true });
  }

  /** What is left: U+FFFD for a character that was never completed, else ''. */
  end(): string {
    return this.#decoder.decode();
  }
}

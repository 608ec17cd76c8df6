/** The ordinary tokens: bytes by id, and id by bytes. Special tokens are not in it. */
import { equalBytes, hashBytes, tableSize } from './byte-hash.ts';

export class Vocabulary {
  /** One more than the largest id. */
  readonly size: number;
  /** The length in bytes of the longest token. */
  readonly maxTokenBytes: number;
  readonly #arena: Uint8Array;
  /** Where the bytes of each id start in the arena; ids that are no ordinary token have none. */
  readonly #starts: Uint32Array;
  /** Ids by hash, open addressing, -1 for free. */
  readonly #slots: Int32Array;

  /** @param tokens bytes by id; undefined or empty where an id is no ordinary token. */
  constructor(tokens: readonly (Uint8Array | undefined)[]) {
    this.size = tokens.length;
    this.#starts = new Uint32Array(tokens.length + 1);
    let sizeBytes = 0;
    let maxTokenBytes = 0;
    for (let id = 0; id < tokens.length; id++) {
      const length = tokens[id]?.length ?? 0;
      sizeBytes += length;
      maxTokenBytes = Math.max(maxTokenBytes, length);
      this.#starts[id + 1] = sizeBytes;
    }
    this.maxTokenBytes = maxTokenBytes;
    this.#arena = new Uint8Array(sizeBytes);
    this.#slots = new Int32Array(tableSize(tokens.length)).fill(-1);
    for (let id = 0; id < tokens.length; id++) {
      const token = tokens[id];
      if (token === undefined || token.length === 0) continue;
      this.#arena.set(token, this.#starts[id]);
      this.#insert(token, id);
    }
  }

  /** The id of the token that is exactly `bytes[start, end)`, or -1. */
  idOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
    const length = end - start;
    if (length > this.maxTokenBytes) return -1;
    const mask = this.#slots.length - 1;
    for (let slot = hashBytes(bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot] as number;
      if (id < 0) return -1;
      const tokenStart = this.#starts[id] as number;
      const sameLength = (this.#starts[id + 1] as number) - tokenStart === length;
      if (sameLength && equalBytes(this.#arena, tokenStart, bytes, start, length)) return id;
    }
  }

  /** The bytes of a token, a view that must not be written to; empty for other ids. */
  bytesOf(id: number): Uint8Array {
    if (id < 0 || id >= this.size) return new Uint8Array(0);
    return this.#arena.subarray(this.#starts[id], this.#starts[id + 1]);
  }

  /** How many bytes a token has; 0 for ids that are no ordinary token. */
  lengthOf(id: number): number {
    return id >= 0 && id < this.size
      ? (this.#starts[id + 1] as number) - (this.#starts[id] as number)
      : 0;
  }

  /** Copies the bytes of a token to `target` at `at`; returns the position behind them. */
  copyInto(id: number, target: Uint8Array, at: number): number {
    const end = this.#starts[id + 1] as number;
    for (let from = this.#starts[id] as number; from < end; from++) {
      target[at++] = this.#arena[from] as number;
    }
    return at;
  }

  #insert(token: Uint8Array, id: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashBytes(token, 0, token.length) & mask;
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = id;
  }
}

/** The ordinary tokens: bytes by id, and id by bytes. Special tokens are not in it. */
import { equalBytes, hashBytes, tableSize } from './byte-hash.ts';

const empty = new Uint8Array(0);

export class Vocabulary {
  /** One more than the largest id. */
  readonly size: number;
  /** The length in bytes of the longest token. */
  readonly maxTokenBytes: number;
  readonly #tokens: readonly (Uint8Array | undefined)[];
  /** The bytes of all tokens, near each other, for lookups. */
  readonly #arena: Uint8Array;
  /** Where the bytes of each id start in the arena; ids that are no ordinary token have none. */
  readonly #starts: Uint32Array;
  /** Ids by hash, open addressing, -1 for free. */
  readonly #slots: Int32Array;

  /** @param tokens bytes by id; undefined or empty where an id is no ordinary token. */
  constructor(tokens: readonly (Uint8Array | undefined)[]) {
    this.size = tokens.length;
    this.#tokens = tokens;
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

  /** The bytes of a token, which must not be written to; empty for what is no token's id. */
  bytesOf(id: number): Uint8Array {
    return this.#tokens[id] ?? empty;
  }

  #insert(token: Uint8Array, id: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashBytes(token, 0, token.length) & mask;
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = id;
  }
}

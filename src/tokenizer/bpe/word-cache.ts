/**
 * Remembers the tokens of pre-tokens. Text repeats its words, so most of encoding is this lookup; it
 * works on the bytes in place and allocates nothing. When it is full it starts again from empty.
 */
import { equalBytes, hashBytes } from './byte-hash.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** Longer pre-tokens are rarely met again. */
const maxKeyBytes = 64;
const numSlots = 2 ** 17;
const maxEntries = numSlots / 2;
const keyArenaBytes = 2 ** 21;
const tokenArenaLength = 2 ** 19;
/** Numbers per slot: hash, key start, key length × 256 + number of tokens, the token or their start. */
const stride = 4;

export class WordCache {
  readonly #slots = new Int32Array(numSlots * stride);
  readonly #keys = new Uint8Array(keyArenaBytes);
  readonly #tokens = new Uint32Array(tokenArenaLength);
  #numEntries = 0;
  #keysEnd = 0;
  #tokensEnd = 0;

  /**
   * Appends the tokens of `bytes[start, end)` when they are known.
   *
   * @returns -1 when it did, else where `store` puts them.
   */
  lookUp(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): number {
    const slots = this.#slots;
    const length = end - start;
    const hash = hashBytes(bytes, start, end);
    let at = (hash & (numSlots - 1)) * stride;
    for (;;) {
      const sizes = slots[at + 2] as number;
      if (sizes === 0) return at;
      if (slots[at] === hash && sizes >> 8 === length) {
        const keyStart = slots[at + 1] as number;
        if (equalBytes(this.#keys, keyStart, bytes, start, length)) {
          this.#append(sizes & 255, slots[at + 3] as number, out);
          return -1;
        }
      }
      at = (at + stride) & (numSlots * stride - 1);
    }
  }

  /** Keeps `out.ids[firstToken, out.length)` as the tokens of `bytes[start, end)`. */
  store(
    at: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    out: TokenBuffer,
    firstToken: number,
  ): void {
    const length = end - start;
    const numTokens = out.length - firstToken;
    if (length > maxKeyBytes) return;
    if (this.#isFull()) {
      this.#clear();
      return;
    }
    let value = out.ids[firstToken] as number;
    if (numTokens > 1) {
      value = this.#tokensEnd;
      this.#tokens.set(out.ids.subarray(firstToken, out.length), value);
      this.#tokensEnd += numTokens;
    }
    this.#slots[at] = hashBytes(bytes, start, end);
    this.#slots[at + 1] = this.#keysEnd;
    this.#slots[at + 2] = length * 256 + numTokens;
    this.#slots[at + 3] = value;
    for (let from = start; from < end; from++) this.#keys[this.#keysEnd++] = bytes[from] as number;
    this.#numEntries++;
  }

  #append(numTokens: number, value: number, out: TokenBuffer): void {
    if (numTokens === 1) {
      out.push(value);
      return;
    }
    out.reserve(numTokens);
    for (let i = 0; i < numTokens; i++) {
      out.ids[out.length++] = this.#tokens[value + i] as number;
    }
  }

  #isFull(): boolean {
    return (
      this.#numEntries >= maxEntries ||
      this.#keysEnd > keyArenaBytes - maxKeyBytes ||
      this.#tokensEnd > tokenArenaLength - maxKeyBytes
    );
  }

  #clear(): void {
    this.#slots.fill(0);
    this.#numEntries = 0;
    this.#keysEnd = 0;
    this.#tokensEnd = 0;
  }
}

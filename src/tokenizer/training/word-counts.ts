/** How often each piece of text occurs; the only thing that training needs to know of a corpus. */
import { ConfigError } from '../../base/index.ts';
import { equalBytes, hashBytes } from '../bpe/byte-hash.ts';

/** The table as flat arrays, which move between threads without copying. */
export interface WordCountArrays {
  /** The bytes of all words, one after another. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each word ends in `bytes`. */
  ends: Uint32Array<ArrayBuffer>;
  /** Whole numbers up to 2^53. */
  counts: Float64Array<ArrayBuffer>;
}

export class WordCounts {
  numWords = 0;
  #bytes = new Uint8Array(2 ** 16);
  #ends = new Uint32Array(2 ** 12);
  #counts = new Float64Array(2 ** 12);
  #hashes = new Int32Array(2 ** 12);
  /** Word + 1 by hash, 0 for free; at most half full. */
  #slots = new Int32Array(2 ** 13);
  readonly #maxBytes: number;

  /** @param maxBytes the memory that the table may take, while it grows too. */
  constructor(maxBytes = Number.POSITIVE_INFINITY) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Counts the word `bytes[start, end)`.
   *
   * @throws ConfigError when the table would exceed its memory or a count 2^53.
   */
  add(bytes: Uint8Array, start: number, end: number, count = 1): void {
    const hash = hashBytes(bytes, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const word = (this.#slots[slot] as number) - 1;
      if (word < 0) break;
      if (this.#hashes[word] === hash && this.#isWord(word, bytes, start, end)) {
        this.#increase(word, count);
        return;
      }
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.numWords + 1;
    this.#append(bytes, start, end, hash);
    this.#increase(this.numWords - 1, count);
  }

  /** Adds another table's counts to these. */
  addAll({ bytes, ends, counts }: WordCountArrays): void {
    let start = 0;
    for (const [word, end] of ends.entries()) {
      this.add(bytes, start, end, counts[word]);
      start = end;
    }
  }

  /** Copies of the table's contents. */
  arrays(): WordCountArrays {
    return {
      bytes: this.#bytes.slice(0, this.#endOf(this.numWords - 1)),
      ends: this.#ends.slice(0, this.numWords),
      counts: this.#counts.slice(0, this.numWords),
    };
  }

  #endOf(word: number): number {
    return word < 0 ? 0 : (this.#ends[word] as number);
  }

  #isWord(word: number, bytes: Uint8Array, start: number, end: number): boolean {
    const wordStart = this.#endOf(word - 1);
    if (this.#endOf(word) - wordStart !== end - start) return false;
    return equalBytes(this.#bytes, wordStart, bytes, start, end - start);
  }

  #increase(word: number, count: number): void {
    const sum = (this.#counts[word] as number) + count;
    if (sum > Number.MAX_SAFE_INTEGER) {
      throw new ConfigError({
        what: 'the count of a word',
        must: 'stay below 2^53, where numbers are exact',
        got: String(sum),
      });
    }
    this.#counts[word] = sum;
  }

  #append(bytes: Uint8Array, start: number, end: number, hash: number): void {
    const word = this.numWords;
    const wordStart = this.#endOf(word - 1);
    this.#reserve(wordStart + end - start);
    for (let at = start; at < end; at++) this.#bytes[wordStart + at - start] = bytes[at] as number;
    this.#ends[word] = wordStart + end - start;
    this.#hashes[word] = hash;
    this.numWords++;
  }

  /** Makes room for one word more and for `numBytes` bytes of words in all. */
  #reserve(numBytes: number): void {
    if (numBytes > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, Math.max(numBytes, 2 * this.#bytes.length));
      this.#checkMemory();
    }
    if (this.numWords + 1 < this.#counts.length) return;
    const numWords = 2 * this.#counts.length;
    this.#ends = grown(this.#ends, numWords);
    this.#counts = grown(this.#counts, numWords);
    this.#hashes = grown(this.#hashes, numWords);
    this.#checkMemory();
    const mask = 2 * numWords - 1;
    this.#slots = new Int32Array(2 * numWords);
    for (let word = 0; word <= this.numWords; word++) {
      let slot = (this.#hashes[word] as number) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = word + 1;
    }
  }

  #checkMemory(): void {
    const sizeBytes = this.#bytes.length + 24 * this.#counts.length;
    if (sizeBytes <= this.#maxBytes) return;
    throw new ConfigError({
      what: 'the table of different words',
      must: `fit into its ${this.#maxBytes} bytes`,
      got: `${this.numWords} words, which need ${sizeBytes}`,
      hint: 'raise the memory limit, or train on a sample: a few GB of text are plenty',
    });
  }
}

function grown<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(
  array: T,
  length: number,
): T {
  const larger = new (array.constructor as new (length: number) => T)(length);
  larger.set(array);
  return larger;
}

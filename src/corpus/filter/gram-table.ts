import { mix } from '../text/index.ts';

/** Counts hashes in typed arrays, with open addressing; used for one text after the other. */
export class GramTable {
  #keys = new Int32Array(0);
  #counts = new Int32Array(0);
  #mask = 0;

  /** Empties the table and makes it large enough for so many different hashes. */
  reset(numHashes: number): void {
    const size = 2 ** Math.ceil(Math.log2(2 * Math.max(numHashes, 8)));
    if (size > this.#keys.length) {
      this.#keys = new Int32Array(size);
      this.#counts = new Int32Array(size);
    } else {
      this.#counts.fill(0, 0, size);
    }
    this.#mask = size - 1;
  }

  /** Counts a hash and returns how often it was counted by now. */
  add(hash: number): number {
    let slot = mix(hash) & this.#mask;
    while (this.#counts[slot] !== 0 && this.#keys[slot] !== hash) slot = (slot + 1) & this.#mask;
    this.#keys[slot] = hash;
    const count = (this.#counts[slot] as number) + 1;
    this.#counts[slot] = count;
    return count;
  }
}

/** Hashes and lengths of any stretch of units, from sums over the beginning of the text. */
export class GramSums {
  readonly numUnits: number;
  readonly #hashes: Int32Array;
  readonly #characters: Int32Array;

  constructor(starts: Int32Array, ends: Int32Array, hashes: Int32Array) {
    this.numUnits = hashes.length;
    this.#hashes = new Int32Array(this.numUnits + 1);
    this.#characters = new Int32Array(this.numUnits + 1);
    for (let at = 0, hash = 0, characters = 0; at < this.numUnits; at++) {
      hash = (Math.imul(hash, factor) + (hashes[at] as number)) | 0;
      characters += (ends[at] as number) - (starts[at] as number);
      this.#hashes[at + 1] = hash;
      this.#characters[at + 1] = characters;
    }
  }

  /** The hash of units `start` to `end`; `power` is `powerOf(end - start)`. */
  hash(start: number, end: number, power: number): number {
    const before = Math.imul(this.#hashes[start] as number, power);
    return ((this.#hashes[end] as number) - before) | 0;
  }

  /** The characters of those units, without what stands between. */
  characters(start: number, end: number): number {
    return (this.#characters[end] as number) - (this.#characters[start] as number);
  }

  static powerOf(length: number): number {
    let power = 1;
    for (let i = 0; i < length; i++) power = Math.imul(power, factor);
    return power;
  }
}

const factor = 0x2545f491;

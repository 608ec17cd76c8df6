import { type MergeTable, noRank } from './merge-table.ts';

/**
 * Where the pairs of bytes are in a piece that merge, by rank and then from left to right. They are
 * sorted by counting, in slices: linear in the bytes, where a heap would need n log n steps.
 */
export class SortedPairs {
  readonly #bytes: Uint8Array;
  readonly #ranks: Int32Array;
  readonly #pairsByRank: Int32Array;
  /** How many of each pair there are; once they are counted, where the next of them goes. */
  readonly #places: Int32Array;
  readonly #sorted: Int32Array;
  #numCounted = 0;
  #numSorted = 0;
  #length = 0;
  #taken = 0;

  constructor(merges: MergeTable, bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#ranks = merges.bytePairRanks;
    this.#pairsByRank = merges.bytePairsByRank();
    this.#places = new Int32Array(256 * 256);
    this.#sorted = new Int32Array(bytes.length);
  }

  /** Sorts for about `numSteps` steps; returns how many were left over. */
  sort(numSteps: number): number {
    const left = this.#count(numSteps);
    return left > 0 ? this.#sort(left) : 0;
  }

  /** The position of the next pair of bytes; -1 when there is none left. */
  get position(): number {
    return this.#taken < this.#length ? (this.#sorted[this.#taken] as number) : -1;
  }

  /** The rank of that pair. */
  get rank(): number {
    return this.#ranks[this.#pairAt(this.position)] as number;
  }

  take(): void {
    this.#taken++;
  }

  #count(numSteps: number): number {
    const numPairs = this.#bytes.length - 1;
    const end = Math.min(numPairs, this.#numCounted + numSteps);
    const left = numSteps - (end - this.#numCounted);
    for (let at = this.#numCounted; at < end; at++) {
      const pair = this.#pairAt(at);
      this.#places[pair] = (this.#places[pair] as number) + 1;
    }
    this.#numCounted = end;
    if (end === numPairs && this.#length === 0) this.#turnCountsIntoPlaces();
    return left;
  }

  #turnCountsIntoPlaces(): void {
    for (const pair of this.#pairsByRank) {
      const count = this.#places[pair] as number;
      this.#places[pair] = this.#length;
      this.#length += count;
    }
  }

  #sort(numSteps: number): number {
    const end = Math.min(this.#bytes.length - 1, this.#numSorted + numSteps);
    const left = numSteps - (end - this.#numSorted);
    for (let at = this.#numSorted; at < end; at++) {
      const pair = this.#pairAt(at);
      if (this.#ranks[pair] === noRank) continue;
      const place = this.#places[pair] as number;
      this.#sorted[place] = at;
      this.#places[pair] = place + 1;
    }
    this.#numSorted = end;
    return left;
  }

  /** 256 × the byte at a position + the one behind it. */
  #pairAt(at: number): number {
    return ((this.#bytes[at] as number) << 8) | (this.#bytes[at + 1] as number);
  }
}

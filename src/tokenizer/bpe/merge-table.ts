/** Which pairs of tokens merge, in which order, into what. */
import { tableSize } from './byte-hash.ts';

/** Merges by rank: `left[rank]` and `right[rank]` become `result[rank]`, lowest rank first. */
export interface MergeList {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly result: Int32Array;
}

/** The rank of a pair that does not merge; larger than every real rank. */
export const noRank = 0x7fffffff;

/** Numbers per slot of the table: left, right, priority. */
const stride = 3;

export class MergeTable {
  /** The id of each byte. */
  readonly byteIds: Int32Array;
  /** Ranks of pairs of bytes, at 256 × first + second. */
  readonly bytePairRanks: Int32Array;
  /** The id that a rank makes; undefined where the rank is the id (`ranksAreIds`). */
  readonly #results: Int32Array | undefined;
  readonly #slots: Int32Array;
  readonly #mask: number;

  /**
   * @param merges each pair occurs once.
   * @param byteIds the id of each of the 256 bytes.
   * @param ranksAreIds the rank of a merge is the id that it makes, as in tiktoken, where several
   *   pairs make one token and share its rank.
   */
  constructor(merges: MergeList, byteIds: Int32Array, ranksAreIds: boolean) {
    const numMerges = merges.left.length;
    const numSlots = tableSize(numMerges);
    this.byteIds = byteIds;
    this.#mask = numSlots - 1;
    this.#slots = new Int32Array(numSlots * stride).fill(-1);
    this.#results = ranksAreIds ? undefined : merges.result;
    for (let index = 0; index < numMerges; index++) {
      const rank = ranksAreIds ? (merges.result[index] as number) : index;
      this.#insert(merges.left[index] as number, merges.right[index] as number, rank);
    }
    this.bytePairRanks = new Int32Array(256 * 256);
    for (let pair = 0; pair < 256 * 256; pair++) {
      const left = byteIds[pair >> 8] as number;
      this.bytePairRanks[pair] = this.rankOf(left, byteIds[pair & 255] as number);
    }
  }

  /** The rank of the pair of ids, or `noRank`. */
  rankOf(left: number, right: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    for (let slot = hashPair(left, right) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * stride;
      const found = slots[at] as number;
      if (found === left && slots[at + 1] === right) return slots[at + 2] as number;
      if (found < 0) return noRank;
    }
  }

  /** The id that the merge of this rank makes. */
  resultOf(rank: number): number {
    return this.#results === undefined ? rank : (this.#results[rank] as number);
  }

  #insert(left: number, right: number, rank: number): void {
    let slot = hashPair(left, right) & this.#mask;
    while ((this.#slots[slot * stride] as number) >= 0) slot = (slot + 1) & this.#mask;
    this.#slots.set([left, right, rank], slot * stride);
  }
}

/** Also used by the trainer, for its table of pair counts. */
export function hashPair(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right + 0x7f4a7c15, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

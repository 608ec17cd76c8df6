/** Which pairs of tokens merge, in which order, into what. */
import { tableSize } from './byte-hash.ts';

/** Merges by rank: `left[rank]` and `right[rank]` become `result[rank]`, lowest rank first. */
export interface MergeList {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly result: Int32Array;
}

/** Ids and ranks are below these, so that a pair and its rank pack into 64 bits. */
export const maxVocabSize = 2 ** 20;
export const maxMerges = 2 ** 23 - 1;

/** The rank of a pair that does not merge; larger than every real rank. */
export const noRank = 2 ** 23 - 1;

/** One bit for each hash of a pair: most pairs do not merge, and this stays in the nearest cache. */
const filterBits = 2 ** 22;

export class MergeTable {
  /** The id of each byte. */
  readonly byteIds: Int32Array;
  /** Ranks of pairs of bytes, at 256 × first + second. */
  readonly bytePairRanks: Int32Array;
  /** The id that a rank makes; undefined where the rank is the id (`ranksAreIds`). */
  readonly #results: Int32Array | undefined;
  readonly #filter = new Int32Array(filterBits / 32);
  /** Two numbers per slot: left with the low 12 bits of right; the rest of right with the rank. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  #bytePairsByRank: Int32Array | undefined;

  /**
   * @param merges each pair occurs once; at most `maxMerges`, of ids below `maxVocabSize`.
   * @param byteIds the id of each of the 256 bytes.
   * @param ranksAreIds the rank of a merge is the id that it makes, as in tiktoken, where several
   *   pairs make one token and share its rank.
   */
  constructor(merges: MergeList, byteIds: Int32Array, ranksAreIds: boolean) {
    const numMerges = merges.left.length;
    const numSlots = tableSize(numMerges);
    this.byteIds = byteIds;
    this.#mask = numSlots - 1;
    this.#slots = new Int32Array(numSlots * 2).fill(-1);
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
    const hash = hashPair(left, right);
    const word = this.#filter[(hash >>> 5) & (filterBits / 32 - 1)] as number;
    if (((word >>> (hash & 31)) & 1) === 0) return noRank;
    const slots = this.#slots;
    const key = left | (right << 20);
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const value = slots[2 * slot + 1] as number;
      if (slots[2 * slot] === key && (value & 0xff) === right >> 12) return value >>> 8;
      if (value === -1) return noRank;
    }
  }

  /** The pairs of bytes that merge, as 256 × first + second, lowest rank first. */
  bytePairsByRank(): Int32Array {
    const rankOf = (pair: number): number => this.bytePairRanks[pair] as number;
    this.#bytePairsByRank ??= Int32Array.from(this.bytePairRanks.keys())
      .filter((pair) => rankOf(pair) !== noRank)
      .sort((a, b) => rankOf(a) - rankOf(b));
    return this.#bytePairsByRank;
  }

  /** The id that the merge of this rank makes. */
  resultOf(rank: number): number {
    return this.#results === undefined ? rank : (this.#results[rank] as number);
  }

  #insert(left: number, right: number, rank: number): void {
    const hash = hashPair(left, right);
    const word = (hash >>> 5) & (filterBits / 32 - 1);
    this.#filter[word] = (this.#filter[word] as number) | (1 << (hash & 31));
    let slot = hash & this.#mask;
    while (this.#slots[2 * slot + 1] !== -1) slot = (slot + 1) & this.#mask;
    this.#slots[2 * slot] = left | (right << 20);
    this.#slots[2 * slot + 1] = (rank << 8) | (right >> 12);
  }
}

/** Also used by the trainer, for its table of pair counts. */
export function hashPair(left: number, right: number): number {
  const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right + 0x7f4a7c15, 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

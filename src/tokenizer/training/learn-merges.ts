/**
 * Byte pair encoding (Sennrich et al. 2016, over bytes as in GPT-2): again and again the pair of
 * neighbours that is most frequent becomes a new token. Of equally frequent pairs the one with the
 * smaller left id wins, then the one with the smaller right id.
 */
import { type MergeList, maxVocabSize } from '../bpe/merge-table.ts';
import { PairHeap } from './pair-heap.ts';
import type { PairTable } from './pair-table.ts';
import { SymbolChain } from './symbol-chain.ts';
import type { WordCountArrays } from './word-counts.ts';

export interface LearnOptions {
  /** The id of each byte, a permutation of 0 … 255; ids of merges follow from 256 on. */
  idsOfBytes: Int32Array;
  /** Merges at most; fewer when no pair is left that is frequent enough. */
  numMerges: number;
  /** Pairs that occur less often are never merged. */
  minPairCount: number;
  /** Called after each merge with the number of merges so far. */
  onMerge?: (numMerges: number) => void;
}

/** Merges in the order of their learning; merge k makes the id 256 + k. */
export function learnMerges(words: WordCountArrays, options: LearnOptions): MergeList {
  const { idsOfBytes, numMerges, minPairCount, onMerge } = options;
  const chain = new SymbolChain(words, idsOfBytes, 256 + numMerges);
  const candidates = new Candidates(chain.pairs, minPairCount);
  const left: number[] = [];
  const right: number[] = [];
  candidates.add(0);
  while (left.length < numMerges) {
    const pair = candidates.takeBest();
    if (pair < 0) break;
    left.push(chain.pairs.left[pair] as number);
    right.push(chain.pairs.right[pair] as number);
    candidates.add(chain.merge(pair, 255 + left.length));
    onMerge?.(left.length);
  }
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    result: Int32Array.from(left, (_, rank) => 256 + rank),
  };
}

/** The pairs that are frequent enough, best first, with counts that are looked at again when taken. */
class Candidates {
  readonly #pairs: PairTable;
  readonly #minPairCount: number;
  readonly #heap = new PairHeap();

  constructor(pairs: PairTable, minPairCount: number) {
    this.#pairs = pairs;
    this.#minPairCount = minPairCount;
  }

  /** Adds the pairs from `first` on. */
  add(first: number): void {
    const { left, right, count, size } = this.#pairs;
    for (let pair = first; pair < size; pair++) {
      if ((count[pair] as number) < this.#minPairCount) continue;
      const key = (left[pair] as number) * maxVocabSize + (right[pair] as number);
      this.#heap.push(pair, count[pair] as number, key);
    }
  }

  /** The best pair; -1 when there is none. */
  takeBest(): number {
    while (this.#heap.size > 0) {
      const { pair, count } = this.#heap.best();
      const current = this.#pairs.count[pair] as number;
      if (current < this.#minPairCount) {
        this.#heap.removeBest();
      } else if (current < count) {
        this.#heap.lowerBest(current);
      } else {
        this.#heap.removeBest();
        return pair;
      }
    }
    return -1;
  }
}

/**
 * Byte pair encoding (Sennrich et al. 2016, over bytes as in GPT-2): again and again the pair of
 * neighbours that is most frequent becomes a new token. Of equally frequent pairs the one with the
 * smaller left id wins, then the one with the smaller right id.
 */
import { type MergeList, maxVocabSize } from '../bpe/merge-table.ts';
import { PairHeap } from './pair-heap.ts';
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
  const { pairs } = chain;
  const heap = new PairHeap();
  const left: number[] = [];
  const right: number[] = [];
  const pushFrom = (first: number): void => {
    for (let pair = first; pair < pairs.size; pair++) {
      const count = pairs.count[pair] as number;
      if (count < minPairCount) continue;
      heap.push(
        pair,
        count,
        (pairs.left[pair] as number) * maxVocabSize + (pairs.right[pair] as number),
      );
    }
  };
  pushFrom(0);
  while (left.length < numMerges && heap.size > 0) {
    const { pair, count } = heap.best();
    const current = pairs.count[pair] as number;
    if (current < minPairCount) {
      heap.removeBest();
    } else if (current < count) {
      heap.lowerBest(current);
    } else {
      heap.removeBest();
      left.push(pairs.left[pair] as number);
      right.push(pairs.right[pair] as number);
      pushFrom(chain.merge(pair, 255 + left.length));
      onMerge?.(left.length);
    }
  }
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    result: Int32Array.from(left, (_, rank) => 256 + rank),
  };
}

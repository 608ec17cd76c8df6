import type { MergeList } from './merge-table.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * The merges of a vocabulary that has ranks only, as `.tiktoken` files do: two neighbours merge
 * whenever their bytes together are a token, and the token's id is the rank. So every way to cut a
 * token into two tokens is a merge.
 */
export function mergesOfRanks(vocabulary: Vocabulary): MergeList {
  const left: number[] = [];
  const right: number[] = [];
  const result: number[] = [];
  for (let id = 0; id < vocabulary.size; id++) {
    const bytes = vocabulary.bytesOf(id);
    for (let cut = 1; cut < bytes.length; cut++) {
      const head = vocabulary.idOf(bytes, 0, cut);
      const tail = head < 0 ? -1 : vocabulary.idOf(bytes, cut, bytes.length);
      if (tail < 0) continue;
      left.push(head);
      right.push(tail);
      result.push(id);
    }
  }
  return {
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    result: Int32Array.from(result),
  };
}

/**
 * How one forward pass writes to a cache and reads from it.
 *
 * Shapes: B rows of the pass, K key-value heads, T new positions, S slots, D head size.
 */
import type { AttentionCache } from '../nn/index.ts';
import { arange, type Tensor } from '../tensor/index.ts';
import type { KvCache } from './kv-cache.ts';

/** Which new positions a pass computes. */
export interface CachePass {
  /** The first of the rows, which follow each other; 0 unless all starts are 0. */
  firstRow: number;
  /** Of each row: the position of its first new token. */
  starts: readonly number[];
  /** int64[B, T]: of each new token, its position. */
  positions: Tensor;
}

/**
 * The cache as one forward pass of a model sees it. Call it in the scope in which the model is
 * called, for it makes tensors that all layers share.
 */
export function cachePass(cache: KvCache, { firstRow, starts, positions }: CachePass) {
  const [numRows, numNew] = [positions.size(0), positions.size(1)];
  const [first = 0] = starts;
  const end = Math.max(...starts) + numNew;
  cache.reserve(firstRow + numRows, end);
  if (!starts.every((start) => start === first)) return raggedPass(cache, positions, end);
  return {
    extend(layer, key, value, slidingWindow) {
      const stored = cache.layer(layer, key);
      rowsOf(stored.key, firstRow, numRows).narrow(2, first, numNew).copy_(key);
      rowsOf(stored.value, firstRow, numRows).narrow(2, first, numNew).copy_(value);
      if (first === 0) return { key, value, seen: null };
      // One new position sees its window and nothing else, so that it needs no mask.
      const from = numNew === 1 ? Math.max(0, end - (slidingWindow ?? end)) : 0;
      const read = (all: Tensor) => rowsOf(all, 0, numRows).narrow(2, from, end - from);
      return { key: read(stored.key), value: read(stored.value), seen: null };
    },
  } satisfies AttentionCache;
}

/** Rows that stand at different positions, from row 0 on. */
function raggedPass(cache: KvCache, positions: Tensor, end: number): AttentionCache {
  const { device } = positions;
  const numRows = positions.size(0);
  const row_B1 = arange(numRows, { dtype: 'int64', device }).unsqueeze(1);
  const places = [row_B1, null, positions];
  const distance_BTS = positions.unsqueeze(2).sub(arange(end, { dtype: 'int64', device }));
  const past_BTS = distance_BTS.ge(0);
  const past_B1TS = past_BTS.unsqueeze(1);
  return {
    extend(layer, key, value, slidingWindow) {
      const stored = cache.layer(layer, key);
      stored.key.indexPut_(places, key.transpose(1, 2));
      stored.value.indexPut_(places, value.transpose(1, 2));
      const read = (all: Tensor) => rowsOf(all, 0, numRows).narrow(2, 0, end);
      const seen =
        slidingWindow === undefined || slidingWindow >= end
          ? past_B1TS
          : past_BTS.logicalAnd(distance_BTS.lt(slidingWindow)).unsqueeze(1);
      return { key: read(stored.key), value: read(stored.value), seen };
    },
  };
}

function rowsOf(stored: Tensor, firstRow: number, numRows: number): Tensor {
  return stored.size(0) === numRows ? stored : stored.narrow(0, firstRow, numRows);
}

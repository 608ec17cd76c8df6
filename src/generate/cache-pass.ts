/**
 * How one forward pass writes to a cache and reads from it.
 *
 * Shapes: B rows of the pass, K key-value heads, T new positions, N tokens of all prompts, S slots,
 * D head size.
 */
import type { AttentionCache } from '../nn/index.ts';
import { arange, type Tensor } from '../tensor/index.ts';
import type { KeysAndValues, KvCache } from './kv-cache.ts';

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
  if (numNew === 1 && first > 0 && cache.isFloat32OnCpu) {
    return singlePass(cache, positions.squeeze(1));
  }
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

/** New prompts that stand one behind the other in one row, and the rows of the cache that they get. */
export interface PackedPass {
  /** Rows and slots that the cache will hold. */
  numRows: number;
  numSlots: number;
  /** int64[N]: of each token, the row of the cache and its position there. */
  rows: Tensor;
  positions: Tensor;
}

/** As {@link cachePass}, for prompts that stand one behind the other and see themselves alone. */
export function packedPass(
  cache: KvCache,
  { numRows, numSlots, rows, positions }: PackedPass,
): AttentionCache {
  cache.reserve(numRows, numSlots);
  return {
    extend(layer, key, value) {
      const stored = cache.layer(layer, key);
      const source = (part_1KND: Tensor) => part_1KND.squeeze(0).transpose(0, 1);
      put(stored, rows, positions, { key: source(key), value: source(value) });
      return { key, value, seen: null };
    },
  };
}

/** One new position a row, from row 0 on, on a CPU. `positions` is int64[B]. */
function singlePass(cache: KvCache, positions: Tensor): AttentionCache {
  const rows = arange(positions.size(0), { dtype: 'int64' });
  return {
    extend(layer, key, value) {
      const stored = cache.layer(layer, key);
      put(stored, rows, positions, { key: key.squeeze(2), value: value.squeeze(2) });
      return { ...stored, seen: { positions } };
    },
  };
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

/** Keys and values [N, K, D] go to their rows, at their positions. */
function put(
  stored: KeysAndValues,
  rows: Tensor,
  positions: Tensor,
  { key, value }: KeysAndValues,
): void {
  stored.key.cachePut_(rows, positions, key);
  stored.value.cachePut_(rows, positions, value);
}

function rowsOf(stored: Tensor, firstRow: number, numRows: number): Tensor {
  return stored.size(0) === numRows ? stored : stored.narrow(0, firstRow, numRows);
}

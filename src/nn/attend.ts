/**
 * What attention computes between projections.
 *
 * Shapes: B batch, H heads, K key-value heads, T new positions, S all positions, D head size.
 */
import { buildInfo, cacheAttention, scaledDotProductAttention, Tensor } from '../tensor/index.ts';
import type { Attended } from './attention-cache.ts';
import { lastPositionsMask } from './attention-mask.ts';

/** Keys and values [B, K, S, D], and of `maskTensor` what is seen of them. */
interface Masked {
  key: Tensor;
  value: Tensor;
  mask: Tensor | null;
}

/** x in the dtype that attention is fast in: float32 on CPUs that do not multiply bfloat16. */
export function widened(x: Tensor): Tensor {
  const isSlow = x.dtype === 'bfloat16' && x.device === 'cpu' && !buildInfo().cpuMultipliesBf16;
  return isSlow ? x.to({ dtype: 'float32' }) : x;
}

/** In LibTorch's fused kernel: queries [B, H, T, D] → [B, T, H, D] */
export function attend(query: Tensor, { key, value, mask }: Masked, dropout: number): Tensor {
  const isCausal = mask === null && query.size(2) === key.size(2);
  const enableGqa = query.size(1) !== key.size(1);
  return scaledDotProductAttention(query, key, value, mask, dropout, isCausal, {
    enableGqa,
  }).transpose(1, 2);
}

/** Queries [B, H, T, D] → [B, T, H, D] */
export function attendCached(
  query: Tensor,
  { key, value, seen }: Attended,
  window: number | undefined,
  dropout: number,
): Tensor {
  if (seen === null) {
    const mask = lastPositionsMask(query.size(2), key.size(2), window, query.device);
    return attend(query, { key, value, mask }, dropout);
  }
  if (seen instanceof Tensor) return attend(query, { key, value, mask: seen }, dropout);
  return cacheAttention(query.squeeze(2), key, value, seen.positions, { window }).unsqueeze(1);
}

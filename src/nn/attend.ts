/**
 * What attention computes between projections.
 *
 * Shapes: B batch, H heads, K key-value heads, T new positions, S all positions, D head size.
 */
import { cacheAttention, scaledDotProductAttention, Tensor } from '../tensor/index.ts';
import type { Attended } from './attention-cache.ts';
import { lastPositionsMask } from './attention-mask.ts';
import { isSlowBfloat16 } from './precision.ts';

/** Keys and values [B, K, S, D], and of `maskTensor` what is seen of them. */
interface Masked {
  key: Tensor;
  value: Tensor;
  mask: Tensor | null;
}

/** In LibTorch's fused kernel: queries [B, H, T, D] → [B, T, H, D] */
export function attend(query: Tensor, { key, value, mask }: Masked, dropout: number): Tensor {
  const isCausal = mask === null && query.size(2) === key.size(2);
  const enableGqa = query.size(1) !== key.size(1);
  // What is slow in bfloat16 is the kernel's backward pass.
  const dtype = query.requiresGrad && isSlowBfloat16(query) ? 'float32' : query.dtype;
  const [q, k, v] = [query.to({ dtype }), key.to({ dtype }), value.to({ dtype })];
  const attended = scaledDotProductAttention(q, k, v, mask, dropout, isCausal, { enableGqa });
  return attended.transpose(1, 2).to({ dtype: query.dtype });
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

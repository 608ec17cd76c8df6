/** When attention is computed by the operator `attentionApart`. */
import type { Tensor } from '../tensor/index.ts';
import type { CausalSelfAttentionConfig } from './attention-config.ts';
import { isSlowBfloat16 } from './precision.ts';

/** The operator knows neither dropout nor windows. @param drops while training, with dropout */
export function knowsApart(
  { slidingWindow = Number.POSITIVE_INFINITY }: CausalSelfAttentionConfig,
  drops: boolean,
  lengths: readonly number[],
): boolean {
  return !drops && lengths.every((length) => length <= slidingWindow);
}

/**
 * Whether rows without a mask are faster as documents: up to so many positions the operator has loops
 * of its own (native/ops/short_attention.h), behind them LibTorch's kernel is all there is.
 *
 * @param query [B, H, T, D]
 */
export function isFasterApart(query: Tensor): boolean {
  const { device, dtype, shape } = query;
  const isFloat32 = device === 'cpu' && dtype === 'float32';
  return (isFloat32 || isSlowBfloat16(query)) && (shape[2] ?? 0) <= 512;
}

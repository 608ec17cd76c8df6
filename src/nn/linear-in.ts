/** Shapes: `*` any leading dimensions, I in, O out. */
import { bf16Linear, type Dtype, linear, type Tensor } from '../tensor/index.ts';

/**
 * x_*I Wᵀ + b → [*, O], multiplied in and rounded to a dtype.
 *
 * @param weight [O, I]
 * @param bias [O]
 */
export function linearIn(
  dtype: Dtype,
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
): Tensor {
  // It rounds a weight of float32 itself, and so keeps no copy for the backward pass.
  if (dtype === 'bfloat16') return bf16Linear(x.to({ dtype }), weight, bias);
  return linear(x.to({ dtype }), weight.to({ dtype }), bias?.to({ dtype }) ?? null);
}

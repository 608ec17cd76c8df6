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
  const multiply = dtype === 'bfloat16' ? bf16Linear : linear;
  return multiply(x.to({ dtype }), weight.to({ dtype }), bias?.to({ dtype }) ?? null);
}

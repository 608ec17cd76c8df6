/** Shapes: `*` any dimensions (batch, time), C hidden, V vocabulary. */
import { type Dtype, linearCrossEntropy, type Tensor } from '../tensor/index.ts';

/** The target that does not count: prompts, padding. The value is PyTorch's. */
export const ignoreIndex = -100;

export interface TokenLossOptions {
  /** `mean` over tokens that count, or their `sum`. Default: mean. */
  reduction?: 'mean' | 'sum';
  /** What the logits are multiplied in; the softmax is float32. Default: float32. */
  computeDtype?: Dtype;
}

/**
 * -log softmax(hidden · weightᵀ)[target], without ever holding all logits: the fused operator of
 * native/ops/linear_cross_entropy.cpp.
 *
 * @param hidden float32[*, C]
 * @param weight float32[V, C], the output layer
 * @param targets int64[*], ids or {@link ignoreIndex}
 * @returns a scalar
 */
export function tokenLoss(
  hidden: Tensor,
  weight: Tensor,
  targets: Tensor,
  { reduction = 'mean', computeDtype }: TokenLossOptions = {},
): Tensor {
  const flat = hidden.reshape([-1, hidden.size(-1)]).to({ dtype: weight.dtype });
  return linearCrossEntropy(flat, weight, targets.reshape([-1]), {
    ignoreIndex,
    reduction: reduction === 'mean' ? 1 : 2,
    ...(computeDtype === undefined || computeDtype === 'float32' ? {} : { computeDtype }),
  });
}

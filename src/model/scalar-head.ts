/** Shapes: `*` any leading dimensions, C hidden. */
import { type Initializer, Module, parameter, zero } from '../nn/index.ts';
import { linear, type Tensor } from '../tensor/index.ts';

/**
 * From a hidden state to one number, always in float32: rewards are compared by their differences,
 * of which bfloat16 would leave little. No `Linear`, so that `setPrecision` passes it by.
 */
export class ScalarHead extends Module {
  readonly weight: Tensor; // [1, C]
  readonly bias: Tensor | null; // [1]

  constructor(hiddenSize: number, initWeight: Initializer, { bias = false } = {}) {
    super();
    this.weight = parameter(initWeight([1, hiddenSize]));
    this.bias = bias ? parameter(zero([1])) : null;
  }

  /** hidden_*C → float32[*] */
  forward(hidden: Tensor): Tensor {
    return linear(hidden.to({ dtype: 'float32' }), this.weight, this.bias).squeeze(-1);
  }
}

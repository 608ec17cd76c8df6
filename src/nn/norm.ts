/** Normalisation of the last dimension, always in float32. Shapes: `*` any, C hidden. */
import { type Dtype, fusedRmsNorm, layerNorm, type Tensor } from '../tensor/index.ts';
import { checkCounts } from './check.ts';
import { parameter } from './fields.ts';
import { one, zero } from './init.ts';
import { Module } from './module.ts';

export interface NormConfig {
  hiddenSize: number;
  /** Added to the variance. Default: 1e-5 for LayerNorm, 1e-6 for RmsNorm. */
  epsilon?: number;
}

/** y = (x - mean) / √(variance + ε) · weight + bias (Ba, Kiros & Hinton 2016, arXiv 1607.06450). */
export class LayerNorm extends Module {
  readonly weight: Tensor; // [C]
  readonly bias: Tensor; // [C]
  readonly epsilon: number;

  constructor({ hiddenSize, epsilon = 1e-5 }: NormConfig) {
    super();
    checkCounts('LayerNorm', { hiddenSize });
    this.weight = parameter(one([hiddenSize]));
    this.bias = parameter(zero([hiddenSize]));
    this.epsilon = epsilon;
  }

  /** x_*C → [*, C] */
  forward(x: Tensor): Tensor {
    const { dtype, shape } = this.weight;
    return layerNorm(cast(x, dtype), shape, this.weight, this.bias, this.epsilon);
  }
}

/** y = x / √(mean(x²) + ε) · weight (Zhang & Sennrich 2019, arXiv 1910.07467, eq. 4). */
export class RmsNorm extends Module {
  readonly weight: Tensor; // [C]
  readonly epsilon: number;

  constructor({ hiddenSize, epsilon = 1e-6 }: NormConfig) {
    super();
    checkCounts('RmsNorm', { hiddenSize });
    this.weight = parameter(one([hiddenSize]));
    this.epsilon = epsilon;
  }

  /** x_*C → [*, C] */
  forward(x: Tensor): Tensor {
    const { dtype } = this.weight;
    return fusedRmsNorm(cast(x, dtype), this.weight, this.epsilon);
  }
}

function cast(x: Tensor, dtype: Dtype): Tensor {
  return x.dtype === dtype ? x : x.to({ dtype });
}

/** Shapes: `*` any leading dimensions, I in, O out. */
import { type Dtype, packedLinear, type Tensor } from '../tensor/index.ts';
import { checkCounts } from './check.ts';
import { parameter } from './fields.ts';
import { type Initializer, linearDefault, zero } from './init.ts';
import { linearIn } from './linear-in.ts';
import type { LowRankAdapter } from './low-rank-adapter.ts';
import { Module } from './module.ts';

export interface LinearConfig {
  inFeatures: number;
  outFeatures: number;
  /** Default: true. */
  bias?: boolean;
  /** Default: uniform within ±1/√inFeatures, as PyTorch. */
  initWeight?: Initializer;
  /** Default: zero. */
  initBias?: Initializer;
  /** The parameter of another module, [O, I], in place of one of its own; see `tiedPaths`. */
  sharedWeight?: Tensor;
}

/** y = x Wᵀ + b, and what adapters add to it. */
export class Linear extends Module {
  readonly weight: Tensor; // [O, I]
  readonly bias: Tensor | null; // [O]
  /** Of LoRA; see `adaptLinear`. */
  readonly adapters: LowRankAdapter[];
  /** What it multiplies in; parameters and their gradients stay float32. See `setPrecision`. */
  computeDtype: Dtype = 'float32';
  /** The weight in the order that `packedLinear` reads, to multiply with it in float32 instead. */
  packed: Tensor | null = null;

  constructor(config: LinearConfig) {
    super();
    const { inFeatures, outFeatures, bias = true, initBias = zero } = config;
    checkCounts('Linear', { inFeatures, outFeatures });
    const initWeight = config.initWeight ?? linearDefault(inFeatures);
    this.weight = config.sharedWeight ?? parameter(initWeight([outFeatures, inFeatures]));
    this.bias = bias ? parameter(initBias([outFeatures])) : null;
    this.adapters = [];
  }

  /** x_*I → [*, O], in the dtype that it computes in. */
  forward(x: Tensor): Tensor {
    const dtype = this.computeDtype === 'float32' ? this.weight.dtype : this.computeDtype;
    const y =
      this.packed === null
        ? linearIn(dtype, x, this.weight, this.bias)
        : this.#multiplyPacked(x, this.packed);
    for (const adapter of this.adapters) {
      if (adapter.replaced !== null) continue;
      y.narrow(-1, adapter.start, adapter.numRows).add_(adapter.forward(x, dtype));
    }
    return y;
  }

  #multiplyPacked(x: Tensor, packed: Tensor): Tensor {
    const y = packedLinear(x, packed, this.weight.size(0));
    return this.bias === null ? y : y.add_(this.bias);
  }
}

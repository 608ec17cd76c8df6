/** The position-wise network of a Transformer block. Shapes: `*` any, C hidden, F intermediate. */
import { swiglu, type Tensor } from '../tensor/index.ts';
import { checkCounts } from './check.ts';
import type { Initializer } from './init.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';

/**
 * - `gelu`: x Φ(x) (Hendrycks & Gimpel 2016, arXiv 1606.08415)
 * - `geluTanh`: its tanh approximation, which GPT-1, 2 and 3 use (same paper, §2)
 * - `relu2`: max(x, 0)² (So et al. 2021, Primer, arXiv 2109.08668)
 * - `swiglu`: silu(x Wg) ⊙ x Wu, with a third matrix (Shazeer 2020, arXiv 2002.05202, eq. 6)
 */
export type Activation = 'gelu' | 'geluTanh' | 'relu2' | 'swiglu';

export interface FeedForwardConfig {
  hiddenSize: number;
  /** Default: 4 · hiddenSize. */
  intermediateSize?: number;
  /** Default: geluTanh. */
  activation?: Activation;
  /** Default: true. */
  bias?: boolean;
  initWeight?: Initializer;
  /** Of the output projection. Default: initWeight. */
  initOutput?: Initializer;
}

export class FeedForward extends Module {
  readonly up: Linear; // C → F
  readonly gate: Linear | null; // C → F, for swiglu
  readonly down: Linear; // F → C
  readonly activation: Activation;

  constructor(config: FeedForwardConfig) {
    super();
    const { hiddenSize, intermediateSize = 4 * hiddenSize, bias = true } = config;
    checkCounts('FeedForward', { hiddenSize, intermediateSize });
    this.activation = config.activation ?? 'geluTanh';
    const init = config.initWeight === undefined ? {} : { initWeight: config.initWeight };
    const widen = { inFeatures: hiddenSize, outFeatures: intermediateSize, bias, ...init };
    const initOutput = config.initOutput ?? config.initWeight;
    this.up = new Linear(widen);
    this.gate = this.activation === 'swiglu' ? new Linear(widen) : null;
    this.down = new Linear({
      inFeatures: intermediateSize,
      outFeatures: hiddenSize,
      bias,
      ...(initOutput === undefined ? {} : { initWeight: initOutput }),
    });
  }

  /** x_*C → [*, C] */
  forward(x: Tensor): Tensor {
    return this.down.forward(this.#activate(x));
  }

  #activate(x: Tensor): Tensor {
    const up = this.up.forward(x);
    if (this.gate !== null) return swiglu(this.gate.forward(x), up);
    if (this.activation === 'relu2') return up.relu().square();
    return up.gelu({ approximate: this.activation === 'gelu' ? 'none' : 'tanh' });
  }
}

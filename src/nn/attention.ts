/**
 * Causal self-attention (Vaswani et al. 2017, arXiv 1706.03762, §3.2), in LibTorch's fused kernel.
 *
 * Shapes: B batch, T positions, C hidden, H heads, K key-value heads, D head size.
 */
import { scaledDotProductAttention, type Tensor } from '../tensor/index.ts';
import { type AttentionMask, maskTensor } from './attention-mask.ts';
import { checkCounts, checkDivides, checkPositions, checkProbability } from './check.ts';
import type { Initializer } from './init.ts';
import { Linear } from './linear.ts';
import { Module } from './module.ts';
import { Rope } from './rope.ts';

export interface CausalSelfAttentionConfig {
  hiddenSize: number;
  numHeads: number;
  contextLength: number;
  /** Fewer than numHeads share keys and values in groups (Ainslie et al. 2023). Default: numHeads. */
  numKvHeads?: number;
  /** Positions that a position sees, itself included. Default: all before it. */
  slidingWindow?: number;
  /** Rotary positions with this base. Default: none. */
  ropeBase?: number;
  /** Default: true. */
  bias?: boolean;
  /** Of attention weights, while training. Default: 0. */
  dropout?: number;
  initWeight?: Initializer;
  /** Of the output projection. Default: initWeight. */
  initOutput?: Initializer;
}

export class CausalSelfAttention extends Module {
  /** Query, keys and values in one matrix product: C → C + 2·K·D. */
  readonly queryKeyValue: Linear;
  readonly output: Linear;
  readonly rope: Rope | null;
  readonly config: CausalSelfAttentionConfig;
  readonly headSize: number;
  /** K · D */
  readonly kvSize: number;

  constructor(config: CausalSelfAttentionConfig) {
    super();
    checkConfig(config);
    const { hiddenSize, numHeads, numKvHeads = numHeads, contextLength, bias = true } = config;
    this.config = config;
    this.headSize = hiddenSize / numHeads;
    this.kvSize = numKvHeads * this.headSize;
    const init = config.initWeight === undefined ? {} : { initWeight: config.initWeight };
    const initOutput = config.initOutput ?? config.initWeight;
    this.queryKeyValue = new Linear({
      inFeatures: hiddenSize,
      outFeatures: hiddenSize + 2 * this.kvSize,
      bias,
      ...init,
    });
    this.output = new Linear({
      inFeatures: hiddenSize,
      outFeatures: hiddenSize,
      bias,
      ...(initOutput === undefined ? {} : { initWeight: initOutput }),
    });
    this.rope =
      config.ropeBase === undefined
        ? null
        : new Rope({ headSize: this.headSize, contextLength, base: config.ropeBase });
  }

  /** x_BTC → [B, T, C]. `mask` says which earlier positions must not be seen. */
  forward(x: Tensor, mask: AttentionMask = {}): Tensor {
    const { hiddenSize, contextLength } = this.config;
    checkPositions(0, x.size(1), contextLength);
    const [query, key, value] = this.queryKeyValue
      .forward(x)
      .splitWithSizes([hiddenSize, this.kvSize, this.kvSize], -1)
      .map((part) => this.#split(part)) as [Tensor, Tensor, Tensor];
    const { slidingWindow, numHeads, numKvHeads = numHeads, dropout = 0 } = this.config;
    const allowed = maskTensor(mask, x.size(1), slidingWindow, x.device);
    const attended_BHTD = scaledDotProductAttention(
      this.rope?.forward(query) ?? query,
      this.rope?.forward(key) ?? key,
      value,
      allowed,
      this.training ? dropout : 0,
      allowed === null,
      { enableGqa: numKvHeads !== numHeads },
    );
    return this.output.forward(attended_BHTD.transpose(1, 2).flatten(2));
  }

  /** [B, T, heads · D] → [B, heads, T, D] */
  #split(x: Tensor): Tensor {
    return x.unflatten(-1, [-1, this.headSize]).transpose(1, 2);
  }
}

function checkConfig(config: CausalSelfAttentionConfig): void {
  const { hiddenSize, numHeads, contextLength, numKvHeads = numHeads } = config;
  checkCounts('CausalSelfAttention', { hiddenSize, numHeads, numKvHeads, contextLength });
  if (config.slidingWindow !== undefined) {
    checkCounts('CausalSelfAttention', { slidingWindow: config.slidingWindow });
  }
  checkDivides(['attention.hiddenSize', hiddenSize], ['attention.numHeads', numHeads]);
  checkDivides(['attention.numHeads', numHeads], ['attention.numKvHeads', numKvHeads]);
  // Here and not only in Rope, so that nothing is made before the error.
  if (config.ropeBase !== undefined) {
    checkDivides(['attention.headSize', hiddenSize / numHeads], ['a pair', 2]);
  }
  checkProbability('attention.dropout', config.dropout ?? 0);
}

import { checkCounts, checkDivides, checkProbability } from './check.ts';
import type { Initializer } from './init.ts';

export interface CausalSelfAttentionConfig {
  hiddenSize: number;
  numHeads: number;
  contextLength: number;
  /** Fewer than numHeads share keys and values in groups (Ainslie et al. 2023). Default: numHeads. */
  numKvHeads?: number;
  /** Default: hiddenSize / numHeads. */
  headSize?: number;
  /** Positions that a position sees, itself included. Default: all before it. */
  slidingWindow?: number;
  /** Rotary positions with this base. Default: none, unless a rotation is given to `forward`. */
  ropeBase?: number;
  /** RMSNorm of each head's query and key, before RoPE (Henry et al. 2020, arXiv 2010.04245). */
  qkNorm?: boolean;
  /** Default: 1e-6. */
  qkNormEpsilon?: number;
  /** Default: true. */
  bias?: boolean;
  /** Of the output projection. Default: bias. */
  outputBias?: boolean;
  /** Of attention weights, while training. Default: 0. */
  dropout?: number;
  initWeight?: Initializer;
  /** Of the output projection. Default: initWeight. */
  initOutput?: Initializer;
}

/** @throws ConfigError for sizes that do not fit together, before anything is made. */
export function checkAttention(config: CausalSelfAttentionConfig): void {
  const { hiddenSize, numHeads, contextLength, numKvHeads = numHeads } = config;
  checkCounts('CausalSelfAttention', { hiddenSize, numHeads, numKvHeads, contextLength });
  if (config.slidingWindow !== undefined) {
    checkCounts('CausalSelfAttention', { slidingWindow: config.slidingWindow });
  }
  if (config.headSize === undefined) {
    checkDivides(['attention.hiddenSize', hiddenSize], ['attention.numHeads', numHeads]);
  } else checkCounts('CausalSelfAttention', { headSize: config.headSize });
  checkDivides(['attention.numHeads', numHeads], ['attention.numKvHeads', numKvHeads]);
  if (config.ropeBase !== undefined) {
    const headSize = config.headSize ?? hiddenSize / numHeads;
    checkDivides(['attention.headSize', headSize], ['a pair', 2]);
  }
  checkProbability('attention.dropout', config.dropout ?? 0);
}

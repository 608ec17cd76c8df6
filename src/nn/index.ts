/** The parts that a Transformer is made of. */

export { CausalSelfAttention } from './attention.ts';
export type { Attended, AttentionCache } from './attention-cache.ts';
export type { CausalSelfAttentionConfig } from './attention-config.ts';
export { type AttentionMask, lastPositionsMask, maskTensor } from './attention-mask.ts';
export type { AttentionOptions } from './attention-options.ts';
export { backwardBySegments, type Segment } from './checkpointing.ts';
export { Dropout } from './dropout.ts';
export { Embedding, type EmbeddingConfig } from './embedding.ts';
export { type Activation, FeedForward, type FeedForwardConfig } from './feed-forward.ts';
export { buffer, derived, parameter } from './fields.ts';
export {
  gpt2Residual,
  gpt2Weight,
  type Initializer,
  linearDefault,
  normal,
  onDevice,
  one,
  uniform,
  withoutInit,
  zero,
} from './init.ts';
export { Linear, type LinearConfig } from './linear.ts';
export { linearIn } from './linear-in.ts';
export { ignoreIndex, type TokenLossOptions, tokenLoss } from './loss.ts';
export {
  adaptLinear,
  type LinearPart,
  type LowRankAdapter,
  type LowRankConfig,
  mergeAdapters,
  removeAdapters,
  unmergeAdapters,
} from './low-rank-adapter.ts';
export { Module } from './module.ts';
export { LayerNorm, type NormConfig, RmsNorm } from './norm.ts';
export { inOneRow, type OneRow, readsInOneRow } from './one-row.ts';
export { computeDtype, type Precision, setPrecision } from './precision.ts';
export { Rope, type RopeConfig, type Rotation } from './rope.ts';
export { checkState, copyState, type StateDict } from './state.ts';
export { trainableParameters } from './trainable-parameters.ts';

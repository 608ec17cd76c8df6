/** Continuing text: sampling, the KV cache, batches whose rows come and go. */
export type { CausalModel } from './causal-model.ts';
export type { BatchConfig } from './decoding-batch.ts';
export { type GeneratedTokens, generateTokens } from './generate-tokens.ts';
export { GenerationEngine, generate, type TextRequest } from './generation-engine.ts';
export { InferenceWeights, prepareForInference } from './inference-weights.ts';
export type { SamplingConfig } from './sampling-config.ts';
export type { FinishReason, TokenRequest } from './sequence.ts';
export type { TextChunk } from './text-stream.ts';

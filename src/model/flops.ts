/** What a token costs. */
import { parameterBreakdown } from './breakdown.ts';
import { type GptConfig, resolveGptConfig } from './gpt-config.ts';

/**
 * Floating-point operations that forward and backward of one token take: 6·N + 12·L·h·q·T, where N
 * are the parameters of matrix products (the output layer, but no embeddings), L layers, h heads of
 * size q, and T the positions that a layer sees (Chowdhery et al. 2022, arXiv 2204.02311, appendix
 * B). The causal mask is not counted as a saving, so numbers of other projects compare.
 */
export function trainingFlopsPerToken(config: GptConfig): number {
  const full = resolveGptConfig(config);
  const { numLayers, numHeads, headSize, contextLength, hiddenSize, vocabSize } = full;
  // A bias is added, not multiplied.
  const { attention, feedForward } = parameterBreakdown({ ...config, bias: false });
  const numMatmulParameters = attention + feedForward + vocabSize * hiddenSize;
  const numBanded = full.bandedAttention === null ? 0 : Math.floor(numLayers / 2);
  const band = Math.min(full.bandedAttention ?? contextLength, contextLength);
  const seen = (numLayers - numBanded) * contextLength + numBanded * band;
  return 6 * numMatmulParameters + 12 * numHeads * headSize * seen;
}

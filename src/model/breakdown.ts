/** Where the parameters of a model are: the lesson's table for 175 billion. */
import type { Gpt } from './gpt.ts';
import { type GptConfig, resolveGptConfig } from './gpt-config.ts';

/** Parameters by component, all layers together. */
export interface ParameterBreakdown {
  tokenEmbedding: number;
  /** 0 with RoPE. */
  positionEmbedding: number;
  /** Query, key, value and output projections. */
  attention: number;
  feedForward: number;
  /** The norms of the layers, those of queries and keys included. */
  norms: number;
  finalNorm: number;
  /** 0 when it is the token embedding. */
  outputLayer: number;
  total: number;
}

/** Counts by formula, without building anything. */
export function parameterBreakdown(config: GptConfig): ParameterBreakdown {
  const full = resolveGptConfig(config);
  const { numLayers, hiddenSize, numHeads, numKvHeads, headSize, feedForwardSize } = full;
  const numBias = full.bias ? 1 : 0;
  const querySize = numHeads * headSize;
  const kvSize = numKvHeads * headSize;
  const attention =
    (hiddenSize + numBias) * (querySize + 2 * kvSize) + (querySize + numBias) * hiddenSize;
  const numUp = full.activation === 'swiglu' ? 2 : 1;
  const feedForward =
    numUp * (hiddenSize + numBias) * feedForwardSize + (feedForwardSize + numBias) * hiddenSize;
  const norm = hiddenSize * (full.norm === 'layer' ? 2 : 1);
  return withTotal({
    tokenEmbedding: full.vocabSize * hiddenSize,
    positionEmbedding: full.positions === 'learned' ? full.contextLength * hiddenSize : 0,
    attention: numLayers * attention,
    feedForward: numLayers * feedForward,
    norms: numLayers * (2 * norm + (full.qkNorm ? 2 * headSize : 0)),
    finalNorm: full.postNorm ? 0 : norm,
    outputLayer: full.tiedEmbedding ? 0 : full.vocabSize * hiddenSize,
  });
}

/** Counts the tensors of a model that was built, be it on `meta`. */
export function parameterBreakdownOf(model: Gpt): ParameterBreakdown {
  const counts = {
    tokenEmbedding: 0,
    positionEmbedding: 0,
    attention: 0,
    feedForward: 0,
    norms: 0,
    finalNorm: 0,
    outputLayer: 0,
  };
  for (const [path, { numElements }] of model.parameters()) {
    counts[componentOf(path)] += numElements;
  }
  return withTotal(counts);
}

type Component = Exclude<keyof ParameterBreakdown, 'total'>;

/** `blocks.3.attention.queryNorm.weight` → norms */
function componentOf(path: string): Component {
  const parts = path.split('.');
  if (parts[0] !== 'blocks') return parts[0] as Component;
  if (parts.some((part) => /norm/i.test(part))) return 'norms';
  return parts[2] as Component;
}

function withTotal(counts: Record<Component, number>): ParameterBreakdown {
  return { ...counts, total: Object.values(counts).reduce((sum, count) => sum + count, 0) };
}

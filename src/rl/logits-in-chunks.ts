/** Logits, some tokens at a time. Shapes: C hidden, V vocabulary, N tokens of a chunk. */
import { ConfigError } from '../base/index.ts';
import { linearIn } from '../nn/index.ts';
import type { Dtype, Tensor } from '../tensor/index.ts';

/** The part of a model that makes logits: `Gpt.outputLayer`. */
export interface OutputLayer {
  /** float[V, C] */
  readonly weight: Tensor;
  /** What the logits are multiplied in; softmax and logarithms are float32. */
  readonly computeDtype: Dtype;
}

export interface TokenLogprobOptions {
  /**
   * Divides the logits. It must be the one that the answers were sampled with, in rollout, reference
   * and update alike: else the ratio of policies begins elsewhere than at 1. Default: 1.
   */
  temperature?: number;
  /**
   * Of so many first rows of the output layer alone, as the answers were drawn: a model may have rows
   * that are no token of its tokenizer (Qwen's are padded), and what can never be said must not take
   * a part of the probability. Default: all rows.
   */
  numTokens?: number;
  /** Logits that exist at once. Default: 2^24, 64 MiB. */
  maxLogits?: number;
}

/** Hidden states [N, C] in pieces of so few tokens that their logits fit, and where each begins. */
export function chunksOf(
  hidden: Tensor,
  { weight }: OutputLayer,
  { maxLogits = 2 ** 24 }: TokenLogprobOptions,
): [hidden_NC: Tensor, start: number][] {
  const flat = hidden.reshape([-1, hidden.size(-1)]);
  const numTokens = flat.size(0);
  const size = Math.max(1, Math.floor(maxLogits / weight.size(0)));
  const numChunks = Math.ceil(numTokens / size);
  return Array.from({ length: numChunks }, (_, i) => {
    const start = i * size;
    return [flat.narrow(0, start, Math.min(size, numTokens - start)), start];
  });
}

/** hidden · weightᵀ / temperature: [N, V], or [N, numTokens] */
export function logitsOf(
  hidden_NC: Tensor,
  { weight: weight_VC, computeDtype }: OutputLayer,
  { temperature = 1, numTokens = weight_VC.size(0) }: TokenLogprobOptions,
): Tensor {
  if (!(temperature > 0 && temperature < Infinity)) {
    const hint = 'greedy answers have no distribution to reinforce';
    throw new ConfigError({
      what: 'temperature',
      must: 'be above 0',
      got: String(temperature),
      hint,
    });
  }
  const weight = numTokens < weight_VC.size(0) ? weight_VC.narrow(0, 0, numTokens) : weight_VC;
  const exact = weight.dtype === 'float64' ? 'float64' : 'float32';
  const dtype = computeDtype === 'float32' ? exact : computeDtype;
  const logits = linearIn(dtype, hidden_NC, weight).to({ dtype: exact });
  return temperature === 1 ? logits : logits.div(temperature);
}

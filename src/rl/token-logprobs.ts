/**
 * Log-probabilities of given tokens. Shapes: `*` any dimensions (batch, time), C hidden, V vocabulary,
 * N tokens of a chunk.
 */
import { ConfigError } from '../base/index.ts';
import { cat, type Dtype, noGrad, scope, type Tensor } from '../tensor/index.ts';

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
  /** Logits that exist at once. Default: 2^24, 64 MiB. */
  maxLogits?: number;
}

/**
 * log π(token | what came before) of each token, a chunk of logits at a time. Without a gradient one
 * chunk exists at once. With one, autograd keeps the probabilities of all tokens until the backward
 * pass; {@link backwardThroughLogprobs} does not.
 *
 * @param hidden float[*, C], the state before each token
 * @param tokens int64[*], ids below V; give padding any id and mask the result
 * @returns float32[*]; float64 from float64 weights
 * @throws ConfigError for a temperature that is not above 0.
 */
export function tokenLogprobs(
  hidden: Tensor,
  outputLayer: OutputLayer,
  tokens: Tensor,
  options: TokenLogprobOptions = {},
): Tensor {
  const chunks = chunksOf(hidden, outputLayer, options).map(([hidden_NC, start]) =>
    scope(() => {
      const token_N1 = tokens.reshape([-1, 1]).narrow(0, start, hidden_NC.size(0));
      return allLogprobs(hidden_NC, outputLayer, options).gather(1, token_N1).squeeze(1);
    }),
  );
  return cat(chunks).reshape(tokens.shape);
}

/**
 * {@link tokenLogprobs}, to the same bits, and of the distribution at each state its entropy
 * H = −Σ_v π(v) log π(v) in nats, a measure of health: from the same logits, without a gradient.
 */
export function logprobsAndEntropies(
  hidden: Tensor,
  outputLayer: OutputLayer,
  tokens: Tensor,
  options: TokenLogprobOptions = {},
): { logprobs: Tensor; entropies: Tensor } {
  return noGrad(() => {
    const chunks = chunksOf(hidden, outputLayer, options).map(([hidden_NC, start]) =>
      scope(() => {
        const all_NV = allLogprobs(hidden_NC, outputLayer, options);
        const token_N1 = tokens.reshape([-1, 1]).narrow(0, start, hidden_NC.size(0));
        const entropies = all_NV.exp().mul(all_NV).sum(1).neg();
        return { logprobs: all_NV.gather(1, token_N1).squeeze(1), entropies };
      }),
    );
    const joined = (name: 'logprobs' | 'entropies') =>
      cat(chunks.map((chunk) => chunk[name])).reshape(tokens.shape);
    return { logprobs: joined('logprobs'), entropies: joined('entropies') };
  });
}

/**
 * Adds the gradients of `loss(tokenLogprobs(hidden, …))` to the weights and to whatever `hidden` came
 * from, and never holds more than one chunk of logits: the loss is differentiated by the
 * log-probabilities first, then each chunk is computed once more and differentiated. That is four
 * products with the output layer instead of three, for the memory of one chunk; where one chunk is all
 * there is, it is three.
 *
 * @param loss a scalar of the log-probabilities, a leaf of the shape of `tokens`
 * @returns the loss
 */
export function backwardThroughLogprobs(
  hidden: Tensor,
  outputLayer: OutputLayer,
  tokens: Tensor,
  loss: (logprobs: Tensor) => Tensor,
  options: TokenLogprobOptions = {},
): number {
  return scope(() => {
    if (chunksOf(hidden, outputLayer, options).length === 1) {
      const value = loss(tokenLogprobs(hidden, outputLayer, tokens, options));
      value.backward();
      return value.item();
    }
    const logprobs = noGrad(() => tokenLogprobs(hidden, outputLayer, tokens, options));
    logprobs.requiresGrad = true;
    const value = loss(logprobs);
    value.backward();
    const gradient = logprobs.grad?.reshape([-1]);
    if (gradient === undefined) return value.item();
    const leaf = hidden.detach();
    leaf.requiresGrad = true;
    for (const [hidden_NC, start] of chunksOf(leaf, outputLayer, options)) {
      scope(() => {
        const numTokens = hidden_NC.size(0);
        const token_N = tokens.reshape([-1]).narrow(0, start, numTokens);
        const again = tokenLogprobs(hidden_NC, outputLayer, token_N, options);
        again.backward(gradient.narrow(0, start, numTokens));
      });
    }
    if (hidden.requiresGrad && leaf.grad !== null) hidden.backward(leaf.grad);
    return value.item();
  });
}

/** Hidden states [N, C] in pieces of so few tokens that their logits fit, and where each begins. */
function chunksOf(
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

/** log softmax(hidden · weightᵀ / temperature): [N, V] */
function allLogprobs(
  hidden_NC: Tensor,
  { weight, computeDtype }: OutputLayer,
  { temperature = 1 }: TokenLogprobOptions,
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
  const exact = weight.dtype === 'float64' ? 'float64' : 'float32';
  const dtype = computeDtype === 'float32' ? exact : computeDtype;
  const logits = hidden_NC.to({ dtype }).matmul(weight.to({ dtype }).t()).to({ dtype: exact });
  return (temperature === 1 ? logits : logits.div(temperature)).logSoftmax(1);
}

/**
 * Log-probabilities of given tokens. Shapes: `*` any dimensions (batch, time), C hidden, V vocabulary,
 * N tokens of a chunk.
 */
import {
  cat,
  noGrad,
  scope,
  type Tensor,
  tokenLogprobs as withEntropies,
} from '../tensor/index.ts';
import {
  chunksOf,
  logitsOf,
  type OutputLayer,
  type TokenLogprobOptions,
} from './logits-in-chunks.ts';

/**
 * log π(token | what came before) of each token, a chunk of logits at a time. Without a gradient one
 * chunk exists at once. With one, autograd keeps the logits of all tokens until the backward
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
  const pieces = chunksOf(hidden, outputLayer, options);
  const chunks = pieces.map((piece) => measure(piece, outputLayer, tokens, options).logprobs);
  return cat(chunks).reshape(tokens.shape);
}

/**
 * {@link tokenLogprobs}, to the same bits, and of the distribution at each state its entropy
 * H = −Σ_v π(v) log π(v) in nats, a measure of health: from the same logits, without a gradient.
 * The log-probabilities have one where one chunk is all there is, for {@link backwardThroughLogprobs}.
 */
export function logprobsAndEntropies(
  hidden: Tensor,
  outputLayer: OutputLayer,
  tokens: Tensor,
  options: TokenLogprobOptions = {},
): { logprobs: Tensor; entropies: Tensor } {
  const pieces = chunksOf(hidden, outputLayer, options);
  const chunks = pieces.map((piece) => {
    const body = () => measure(piece, outputLayer, tokens, options);
    return pieces.length === 1 ? body() : noGrad(body);
  });
  const joined = (name: 'logprobs' | 'entropies') =>
    cat(chunks.map((chunk) => chunk[name])).reshape(tokens.shape);
  return { logprobs: joined('logprobs'), entropies: joined('entropies') };
}

/** Of one chunk, [N] each. */
function measure(
  [hidden_NC, start]: [hidden_NC: Tensor, start: number],
  outputLayer: OutputLayer,
  tokens: Tensor,
  options: TokenLogprobOptions,
): { logprobs: Tensor; entropies: Tensor } {
  return scope(() => {
    const token_N = tokens.reshape([-1]).narrow(0, start, hidden_NC.size(0));
    const [logprobs, entropies] = withEntropies(logitsOf(hidden_NC, outputLayer, options), token_N);
    return { logprobs, entropies };
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
 * @param known the log-probabilities that {@link logprobsAndEntropies} made of the same states, where
 *   it was called with a gradient: they are not computed again
 * @returns the loss
 */
export function backwardThroughLogprobs(
  hidden: Tensor,
  outputLayer: OutputLayer,
  tokens: Tensor,
  loss: (logprobs: Tensor) => Tensor,
  options: TokenLogprobOptions = {},
  known?: Tensor,
): number {
  return scope(() => {
    const isOneChunk = chunksOf(hidden, outputLayer, options).length === 1;
    const forward = () => tokenLogprobs(hidden, outputLayer, tokens, options);
    const logprobs = known ?? (isOneChunk ? forward() : noGrad(forward));
    if (!isOneChunk) logprobs.requiresGrad = true;
    const value = loss(logprobs);
    value.backward();
    const gradient = isOneChunk ? undefined : logprobs.grad?.reshape([-1]);
    if (gradient !== undefined) {
      backwardByChunks(hidden, outputLayer, { tokens, gradient }, options);
    }
    return value.item();
  });
}

/** Computes each chunk once more and differentiates it, from the gradients of its log-probabilities. */
function backwardByChunks(
  hidden: Tensor,
  outputLayer: OutputLayer,
  { tokens, gradient }: { tokens: Tensor; gradient: Tensor },
  options: TokenLogprobOptions,
): void {
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
}

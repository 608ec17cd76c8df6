import type { CausalModel } from './causal-model.ts';
import { ContinuousBatching, type Job } from './continuous-batching.ts';
import type { BatchConfig } from './decoding-batch.ts';
import { type FinishReason, Sequence, type TokenRequest } from './sequence.ts';

/** How a prompt was continued. */
export interface GeneratedTokens {
  /** Without the prompt; a stop token, when one ended it, included. */
  tokens: number[];
  /** Of each token, under the model's own distribution; empty unless asked for. */
  logprobs: number[];
  /** Of each token, under the distribution that it was drawn from, in which filters cut tokens off. */
  sampledLogprobs: number[];
  finishReason: FinishReason;
}

/**
 * Continues many prompts, as many at once as there are rows: the rollouts of reinforcement learning.
 * Requests that share a seed draw different numbers, as `stream` is their index where it is not set.
 * @throws ConfigError for a prompt that does not fit and settings out of range, before anything runs.
 */
export async function generateTokens(
  model: CausalModel,
  requests: readonly TokenRequest[],
  config: BatchConfig = {},
): Promise<GeneratedTokens[]> {
  const sequences = requests.map((request, i) => new Sequence({ stream: i, ...request }, model));
  const batching = new ContinuousBatching(model, config);
  try {
    return await Promise.all(sequences.map((sequence) => finished(batching, sequence)));
  } finally {
    batching.dispose();
  }
}

function finished(batching: ContinuousBatching, sequence: Sequence): Promise<GeneratedTokens> {
  const logprobs: number[] = [];
  const sampledLogprobs: number[] = [];
  const generated = (finishReason: FinishReason): GeneratedTokens => {
    const tokens = sequence.tokens.slice(sequence.promptLength);
    return { tokens, logprobs, sampledLogprobs, finishReason };
  };
  return new Promise((resolve, reject) => {
    const job: Job = {
      sequence,
      onToken({ logprob, sampledLogprob }, reason) {
        if (sequence.withLogprobs) {
          logprobs.push(logprob);
          sampledLogprobs.push(sampledLogprob);
        }
        if (reason !== null) resolve(generated(reason));
        return reason !== null;
      },
      onAbort: () => resolve(generated('aborted')),
      onError: reject,
    };
    batching.submit(job);
  });
}

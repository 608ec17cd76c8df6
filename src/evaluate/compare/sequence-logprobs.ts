import type { Gpt } from '../../model/index.ts';
import {
  answerBatch,
  answerStates,
  type TokenLogprobOptions,
  tokenLogprobs,
} from '../../rl/index.ts';
import { noGrad, scope } from '../../tensor/index.ts';
import type { SampledAnswer } from './sample-answers.ts';

/** Answers that go through the model together. */
const batchSize = 32;

/**
 * log π(answer | prompt) of each answer, in nats: the sum over its tokens, the end token included, of
 * the model's own log-probabilities at temperature 1.
 *
 * @param options `numTokens`: ids that answers are drawn from. Default: all rows of the output layer.
 */
export function sequenceLogprobs(
  model: Gpt,
  answers: readonly SampledAnswer[],
  options: Pick<TokenLogprobOptions, 'numTokens'> = {},
): number[] {
  const sums: number[] = [];
  for (let at = 0; at < answers.length; at += batchSize) {
    const rows = answers.slice(at, at + batchSize);
    sums.push(...logprobsOf(model, rows, options));
  }
  return sums;
}

function logprobsOf(
  model: Gpt,
  answers: readonly SampledAnswer[],
  options: TokenLogprobOptions,
): number[] {
  return noGrad(() =>
    scope(() => {
      const rows = answers.map(({ prompt, tokens }) => ({ prompt, answer: tokens }));
      const batch = answerBatch(rows, 0, model.tokenEmbedding.weight.device);
      const states = answerStates(model.forward(batch.sequences), batch);
      const logprobs = tokenLogprobs(states, model.outputLayer, batch.tokens, options).toArray();
      return (logprobs as number[][]).map((row, i) =>
        row.slice(0, batch.lengths[i]).reduce((sum, logprob) => sum + logprob, 0),
      );
    }),
  );
}

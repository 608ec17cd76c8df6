/** Choosing the next token of each row. Shapes: B rows, V vocabulary, N tokens seen by a row. */
import { AthanorError } from '../base/index.ts';
import { drawTokens, scope, type Tensor, tensor, where } from '../tensor/index.ts';
import {
  applyTemperature,
  keepMinP,
  keepTopK,
  keepTopP,
  penalizeRepetition,
} from './logits-processors.ts';
import type { Sampling } from './sampling-config.ts';

/** What one row needs for its next token. */
export interface SamplingRow {
  sampling: Sampling;
  /** The tokens so far, each once; only read when there is a penalty for repetition. */
  seenTokens: ReadonlySet<number>;
  /** The row's random number, in [0, 1). */
  uniform: number;
}

/** A chosen token; log-probabilities are natural logarithms, NaN when they were not asked for. */
export interface SampledToken {
  token: number;
  /** Under the model's own distribution. */
  logprob: number;
  /** Under the distribution it was drawn from: 0 for a greedy row, which had no choice. */
  sampledLogprob: number;
}

const unknown = { logprob: Number.NaN, sampledLogprob: Number.NaN };

/**
 * The next token of each row from float32[B, V] logits: the most likely one at temperature 0, else
 * the one at which the cumulative distribution passes the row's random number. A row's token does
 * not depend on the others.
 * @throws AthanorError when the logits of a row are not finite.
 */
export function sampleTokens(
  logits: Tensor,
  rows: readonly SamplingRow[],
  withLogprobs: boolean,
): SampledToken[] {
  return scope(() => {
    const scores = processLogits(logits, rows);
    const { chosen_B1, logSum_B1 } = chooseTokens(scores, rows);
    const tokens = Array.from(chosen_B1.toTypedArray(), Number);
    checkTokens(tokens, logits.size(-1));
    if (!withLogprobs) return tokens.map((token) => ({ token, ...unknown }));
    const sampled = logprobsOf(scores, chosen_B1, logSum_B1);
    const isUnchanged = scores === logits && logSum_B1 !== undefined;
    const own = isUnchanged ? sampled : logprobsOf(logits, chosen_B1, logits.logsumexp([-1], true));
    return tokens.map((token, row) => ({
      token,
      logprob: own[row] ?? Number.NaN,
      sampledLogprob: isGreedy(rows[row]) ? 0 : (sampled[row] ?? Number.NaN),
    }));
  });
}

/** Runs the processors that any row wants, in Hugging Face's order. */
export function processLogits(logits: Tensor, rows: readonly SamplingRow[]): Tensor {
  const of = (name: keyof Sampling) => rows.map(({ sampling }) => sampling[name]);
  let scores = logits;
  if (of('repetitionPenalty').some((penalty) => penalty !== 1)) {
    const seen_BN = seenTokens(rows, logits);
    scores = penalizeRepetition(scores, seen_BN, of('repetitionPenalty'));
  }
  if (rows.every(isGreedy)) return scores;
  const temperatures = of('temperature').map((value) => (value === 0 ? 1 : value));
  if (temperatures.some((value) => value !== 1)) scores = applyTemperature(scores, temperatures);
  if (of('topK').some((k) => k > 0)) scores = keepTopK(scores, of('topK'));
  if (of('topP').some((p) => p < 1)) scores = keepTopP(scores, of('topP'));
  return of('minP').some((p) => p > 0) ? keepMinP(scores, of('minP')) : scores;
}

interface Chosen {
  /** int64[B, 1]; V where a row's scores are not finite. */
  chosen_B1: Tensor;
  /** float64[B, 1]: of the exponentials of the scores; undefined where all rows are greedy. */
  logSum_B1?: Tensor;
}

function chooseTokens(scores: Tensor, rows: readonly SamplingRow[]): Chosen {
  const { device } = scores;
  if (rows.every(isGreedy)) return { chosen_B1: mostLikely(scores) };
  const uniforms_B = Float64Array.from(rows, ({ uniform }) => uniform);
  const [drawn_B, logSum_B] = drawTokens(scores, tensor(uniforms_B, { device }));
  const drawn_B1 = drawn_B.unsqueeze(1);
  const logSum_B1 = logSum_B.unsqueeze(1);
  if (!rows.some(isGreedy)) return { chosen_B1: drawn_B1, logSum_B1 };
  const isGreedy_B1 = tensor(
    rows.map((row) => [isGreedy(row)]),
    { device },
  );
  return { chosen_B1: where(isGreedy_B1, mostLikely(scores), drawn_B1), logSum_B1 };
}

/** int64[B, 1] */
function mostLikely(scores: Tensor): Tensor {
  const [best_B1, token_B1] = scores.max(-1, true);
  return where(best_B1.isfinite(), token_B1, scores.size(-1));
}

/** int64[B, N]; shorter rows repeat their last token, which changes nothing. */
function seenTokens(rows: readonly SamplingRow[], { device }: Tensor): Tensor {
  const numTokens = Math.max(...rows.map((row) => row.seenTokens.size));
  const seen = new Int32Array(rows.length * numTokens);
  for (const [i, row] of rows.entries()) {
    let at = i * numTokens;
    for (const token of row.seenTokens) seen[at++] = token;
    seen.fill(seen[at - 1] ?? 0, at, (i + 1) * numTokens);
  }
  return tensor(seen, { shape: [rows.length, numTokens], dtype: 'int64', device });
}

function logprobsOf(scores: Tensor, chosen_B1: Tensor, logSum_B1: Tensor | undefined): number[] {
  if (logSum_B1 === undefined) return [];
  return Array.from(scores.gather(-1, chosen_B1).sub(logSum_B1).toTypedArray(), Number);
}

function isGreedy(row: SamplingRow | undefined): boolean {
  return row?.sampling.temperature === 0;
}

function checkTokens(tokens: readonly number[], vocabSize: number): void {
  if (tokens.every((token) => token < vocabSize)) return;
  throw new AthanorError({
    what: 'the logits of the next token',
    must: 'be finite',
    got: 'NaN or infinity',
    hint: 'load weights of an earlier checkpoint: these have diverged',
  });
}

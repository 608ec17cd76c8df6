/** From the score of an answer to a reward for each of its tokens. B answers, T tokens. */
import { ConfigError } from '../base/index.ts';
import { type Tensor, tensor, where } from '../tensor/index.ts';
import { answerMasks } from './masked.ts';

/**
 * What becomes of an answer that ran into its length limit, with no end token: `fixed` gives it one
 * score, whatever the reward model says (−1 in Ziegler et al. 2019), `penalty` takes so much off its
 * score (TRL's `missing_eos_penalty`, 1), `none` leaves it.
 */
export type UnfinishedAnswers =
  | { type: 'fixed'; score: number }
  | { type: 'penalty'; penalty: number }
  | { type: 'none' };

/**
 * The scores with which the answers go on.
 *
 * @param scores of the reward model, [B]
 * @param finished of each answer: whether an end token came
 */
export function finalScores(
  scores: Tensor,
  finished: readonly boolean[],
  unfinished: UnfinishedAnswers,
): Tensor {
  if (unfinished.type === 'none') return scores;
  const isFinished = tensor([...finished], { dtype: 'bool', device: scores.device });
  if (unfinished.type === 'fixed') return where(isFinished, scores, unfinished.score);
  return where(isFinished, scores, scores.sub(unfinished.penalty));
}

export interface ShapedRewardOptions {
  /** The price of a nat of KL. */
  beta: number;
  /**
   * `last token` (InstructGPT, Ziegler et al.): the answer ends with its last token. `after` (TRL): one
   * place behind it, where there is one, as the reward of the state that the last token led to; the
   * values of `AnswerMasks.states` belong to it. The two do not mix: a value behind the last token
   * beside a score on it would count the score twice.
   */
  scoreAt?: 'last token' | 'after';
}

/**
 * The reward of each token, of which the sum over an answer is InstructGPT's Eq. 2 without its
 * last term (Ouyang et al. 2022, arXiv 2203.02155):
 *
 *     r(x, y) − β · log(π(y|x) / π_SFT(y|x))
 *
 * @param scores r, [B]
 * @param kl log π − log π_SFT of each token, [B, T]
 * @param lengths tokens of each answer, its end token included, 1 to T
 * @returns [B, T], 0 at padding
 */
export function shapedRewards(
  scores: Tensor,
  kl: Tensor,
  lengths: readonly number[],
  { beta, scoreAt = 'last token' }: ShapedRewardOptions,
): Tensor {
  const numPlaces = kl.size(1);
  checkLengths(lengths, numPlaces);
  const { tokens } = answerMasks(lengths, numPlaces, kl.device);
  const penalty_BT = kl.mul(-beta).maskedFill(tokens.logicalNot(), 0);
  const places = lengths.map((length) =>
    scoreAt === 'after' ? Math.min(length, numPlaces - 1) : length - 1,
  );
  const place_B1 = tensor(places, { dtype: 'int64', device: kl.device }).unsqueeze(1);
  return penalty_BT.scatterAdd(1, place_B1, scores.unsqueeze(1).to({ dtype: kl.dtype }));
}

/** @throws ConfigError for an answer without a token, or one that is longer than the batch. */
function checkLengths(lengths: readonly number[], numPlaces: number): void {
  for (const [i, length] of lengths.entries()) {
    if (Number.isSafeInteger(length) && length >= 1 && length <= numPlaces) continue;
    throw new ConfigError({
      what: `the length of answer ${i}`,
      must: `be from 1 to ${numPlaces}`,
      got: String(length),
      hint: 'an empty answer still has its end token',
    });
  }
}

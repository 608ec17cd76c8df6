/**
 * What PPO makes of a batch of answers, from measured log-probabilities to advantages. Shapes:
 * B answers, T tokens of the longest.
 */
import { noGrad, scope, type Tensor } from '../tensor/index.ts';
import { type AdvantageOptions, generalizedAdvantages } from './advantages.ts';
import { klEstimate } from './kl.ts';
import { answerMasks, maskedWhiten } from './masked.ts';
import {
  finalScores,
  type ShapedRewardOptions,
  shapedRewards,
  type UnfinishedAnswers,
} from './shaped-rewards.ts';

/** What models said of the answers, without a gradient. */
export interface MeasuredAnswers {
  /** log π of each token, by the training forward and at the temperature of sampling, [B, T]. */
  logprobs: Tensor;
  /** log π_ref likewise. */
  referenceLogprobs: Tensor;
  /** V of the state before each token, [B, T]. */
  values: Tensor;
  /** r of the whole answer, [B]. */
  scores: Tensor;
  /** Tokens of each answer, its end token included. */
  lengths: readonly number[];
  /** Of each answer: whether an end token came. */
  finished: readonly boolean[];
}

export interface RolloutConfig extends AdvantageOptions, ShapedRewardOptions {
  /** What becomes of answers without an end. */
  unfinished: UnfinishedAnswers;
  /** Scales rewards to variance 1 over the batch (Ziegler et al. 2019). Default: true. */
  whitenRewards?: boolean;
  /** Default: true. */
  whitenAdvantages?: boolean;
}

/** All that a rollout's answers are worth, token by token; everything [B, T] and 0 at padding. */
export interface Rollout extends MeasuredAnswers {
  /** k1: log π − log π_ref. */
  kl: Tensor;
  /** −β · kl, and the score at the end; before whitening. */
  rewards: Tensor;
  /** Whitened, as the policy's loss takes them. */
  advantages: Tensor;
  /** What the values should have been. */
  returns: Tensor;
  /** bool[B, T]: the places of the policy's loss. */
  tokenMask: Tensor;
  /** bool[B, T]: the places of values, rewards and advantages. */
  valueMask: Tensor;
}

/**
 * From scores and log-probabilities to advantages, in the order of Ziegler et al. 2019: price the KL,
 * put the score at the end, whiten the rewards without a shift, estimate advantages, take returns,
 * whiten the advantages.
 *
 * Whitening is over what it is given: the whole batch here, or one minibatch as in the code of 2019.
 */
export function shapeRollout(measured: MeasuredAnswers, config: RolloutConfig): Rollout {
  const { lengths, finished } = measured;
  const { unfinished, whitenRewards = true, whitenAdvantages = true, scoreAt } = config;
  return noGrad(() =>
    scope(() => {
      const { logprobs, referenceLogprobs, values } = measured;
      const masks = answerMasks(lengths, logprobs.size(1), logprobs.device);
      const valueMask = scoreAt === 'after' ? masks.states : masks.tokens;
      const kl = klEstimate(logprobs, referenceLogprobs, 'k1').maskedFill(
        masks.tokens.logicalNot(),
        0,
      );
      const scores = finalScores(measured.scores, finished, unfinished);
      const rewards = shapedRewards(scores, kl, lengths, config);
      const { advantages, returns } = generalizedAdvantages(
        whitenRewards ? maskedWhiten(rewards, valueMask, { shiftMean: false }) : rewards,
        values,
        valueMask,
        config,
      );
      return {
        ...measured,
        ...{ scores, kl, rewards, returns },
        advantages: whitenAdvantages ? maskedWhiten(advantages, masks.tokens) : advantages,
        ...{ tokenMask: masks.tokens, valueMask },
      };
    }),
  );
}

/** Mean over answers of the sum of k1 over tokens, in nats: what β and the guards look at. */
export function meanSequenceKl({ kl }: Pick<Rollout, 'kl'>): number {
  return scope(() => kl.sum(1).mean().item());
}

/** The numbers by which PPO's guards decide, and what they look at. */

/** What a rollout showed, before it is trained on. Means over its answers. */
export interface RolloutSigns {
  /** Σ of k1 over the tokens of an answer, in nats. */
  sequenceKl: number;
  /** Of the policy's distribution, in nats a token. */
  entropy: number;
  /** The share of different pairs of neighbours among all pairs of tokens. */
  distinct2: number;
  /** The share of answers that ran into the length limit. */
  shareUnfinished: number;
  /** The share of answers that are nothing but an end token. */
  shareEmpty: number;
  scoreMean: number;
  /** Between answers. */
  scoreStd: number;
}

/** What a step of the optimizer showed, before the weights change. */
export interface StepSigns {
  policyLoss: number;
  valueLoss: number;
  /** Before clipping; NaN when a gradient is not finite. */
  gradNorm: number;
  ratioMean: number;
  clipFraction: number;
}

/**
 * - `raise beta`: multiply β by `ppoGuardRules.betaFactor` and go on
 * - `skip`: leave the rollout or the step out; the weights stay
 * - `stop epoch`: leave out the rest of this rollout's steps
 * - `roll back`: to the last good checkpoint, and half the learning rate
 * - `stop`: end the run, with exit code 70
 */
export type PpoVerdict =
  | { action: 'ok' }
  | { action: 'raise beta' | 'skip' | 'stop epoch' | 'roll back' | 'stop'; reason: string };

export const ppoGuardRules = {
  /** So many targets of KL on so many rollouts in a row raise β, then on each one more. */
  softKl: 2,
  softKlRollouts: 5,
  betaFactor: 1.2,
  /** So many targets, or a mean ratio or share of clipped tokens above these, are hard signs. */
  hardKl: 5,
  ratioMean: 2,
  clipFraction: 0.5,
  /** A mean of k1 so far below 0, in targets, is no noise: the reference is not the reference. */
  negativeKl: -0.5,
  /** So many hard signs in a row stop an epoch; so many stopped epochs of the recent ones go back. */
  hardInARow: 3,
  epochStops: 3,
  recentUpdates: 30,
  /** Below so much of the start's, or above so many empty answers: collapsing. */
  entropyShare: 0.2,
  distinct2Share: 0.3,
  shareEmpty: 0.5,
  minScoreStd: 1e-8,
  /** A mean score below the start's by so many of the start's deviations: the wrong thing is learned. */
  scoreDrop: 1,
  collapsedInARow: 3,
  /** A value loss above so many medians of the last ones is a spike. */
  valueLossFactor: 100,
  valueLossWindow: 20,
  minValueLosses: 5,
  /** Skips in a row; one more goes back. */
  skipsInARow: 3,
  /** Returns; one more stops the run. */
  rollbacks: 3,
} as const;

/** What a run is told to look for. */
export interface PpoGuardLimits {
  /** What the mean KL of an answer is meant to be, in nats. */
  targetKl: number;
  /** With a larger share of answers without an end a rollout counts as collapsed. */
  maxShareUnfinished: number;
}

/** What later rollouts are compared with. */
export type RolloutStart = Pick<RolloutSigns, 'entropy' | 'distinct2' | 'scoreMean' | 'scoreStd'>;

/** JSON data: all that the guard remembers. */
export interface PpoGuardState {
  /** Of the first rollout. */
  start: RolloutStart | null;
  /** Each counts in a row. */
  numSoftKl: number;
  numHardKl: number;
  numHardSteps: number;
  numCollapsed: number;
  numSkipped: number;
  /** Updates whose epoch was stopped, the recent ones. */
  epochStops: readonly number[];
  /** Of accepted steps, the last ones. */
  valueLosses: readonly number[];
  /** Updates from which the run went back. */
  rollbackUpdates: readonly number[];
}

/** A guard that has seen nothing. */
export function newPpoGuard(): PpoGuardState {
  return {
    start: null,
    ...{ numSoftKl: 0, numHardKl: 0, numHardSteps: 0, numCollapsed: 0, numSkipped: 0 },
    ...{ epochStops: [], valueLosses: [], rollbackUpdates: [] },
  };
}

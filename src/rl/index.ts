/** Reinforcement from human feedback: pure functions on tensors, each with its equation. */
export { type AdvantageOptions, generalizedAdvantages } from './advantages.ts';
export {
  type AnswerBatch,
  answerBatch,
  answerRow,
  answerStates,
  type PackedAnswers,
  type PromptAndAnswer,
  packedStates,
} from './answer-batch.ts';
export {
  newPpoGuard,
  type PpoGuardLimits,
  type PpoGuardState,
  type PpoVerdict,
  ppoGuardRules,
  type RolloutSigns,
  type StepSigns,
} from './guard-rules.ts';
export {
  checkKlControl,
  instructGptKl,
  type KlControl,
  type KlEstimator,
  klEstimate,
  nextBeta,
  zieglerKl,
} from './kl.ts';
export type { OutputLayer, TokenLogprobOptions } from './logits-in-chunks.ts';
export { type AnswerMasks, answerMasks, maskedMean, maskedWhiten } from './masked.ts';
export { distinctPairs, rolloutSigns } from './measure-answers.ts';
export { afterPpoRollback, judgePpoStep, judgeRollout, type PpoJudgement } from './ppo-guard.ts';
export {
  type PolicyTerms,
  policyLoss,
  type RatioSigns,
  ratioSigns,
  type ValueTerms,
  valueLoss,
} from './ppo-loss.ts';
export { addPretrainGradient, instructGptMix, type PretrainMix } from './pretrain-mix.ts';
export {
  type PairDifferences,
  pairDifferences,
  type RankedPair,
  rankedAnswers,
  rankedPairs,
  rewardLoss,
} from './reward-loss.ts';
export {
  type MeasuredAnswers,
  meanSequenceKl,
  type Rollout,
  type RolloutConfig,
  shapeRollout,
} from './rollout.ts';
export {
  type RolloutColumn,
  type RolloutRecord,
  type RolloutText,
  rolloutColumns,
  rolloutRecords,
  rolloutTable,
} from './rollout-table.ts';
export {
  finalScores,
  type ShapedRewardOptions,
  shapedRewards,
  type UnfinishedAnswers,
} from './shaped-rewards.ts';
export {
  checkStepZero,
  measureStepZero,
  type StepZeroLimits,
  type StepZeroMeasure,
  type StepZeroTerms,
  stepZeroLimits,
} from './step-zero.ts';
export {
  backwardThroughLogprobs,
  logprobsAndEntropies,
  tokenLogprobs,
} from './token-logprobs.ts';

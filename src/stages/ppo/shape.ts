/** From what was measured to what is learned. Shapes: B answers, T tokens of the longest. */
import { StoppedByGuardError } from '../../base/index.ts';
import { computeDtype } from '../../nn/index.ts';
import {
  checkStepZero,
  type MeasuredAnswers,
  measureStepZero,
  type Rollout,
  type RolloutRecord,
  type RolloutSigns,
  rolloutRecords,
  rolloutSigns,
  type StepZeroMeasure,
  shapeRollout,
  stepZeroLimits,
} from '../../rl/index.ts';
import { noGrad, scope, type Tensor, tensor } from '../../tensor/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { FullPpoConfig } from './config.ts';
import type { Episode } from './episodes.ts';
import type { Measured } from './measure.ts';

/** A rollout as plain numbers, which outlive the scope of its tensors. */
export interface ShapedRollout {
  /** Of each answer, every number of each of its tokens. */
  records: RolloutRecord[];
  signs: RolloutSigns;
  /** Mean over answers of the sum of a token's rewards. */
  meanReward: number;
  /** How far the generation engine's log-probabilities are from those of the training forward. */
  engine: StepZeroMeasure;
}

/**
 * Scores and log-probabilities become advantages: see `shapeRollout`.
 *
 * @param checks whether nothing was trained yet, so that policy and reference must be equal
 * @throws StoppedByGuardError when they are not: {@link checkStepZero}.
 */
export function shapeEpisodes(
  episodes: readonly Episode[],
  measured: readonly Measured[],
  { config, beta, tokenizer, checks }: ShapeOptions,
): ShapedRollout {
  return noGrad(() =>
    scope(() => {
      const rollout = shapeRollout(measuredAnswers(episodes, measured), { ...config, beta });
      const signs = rolloutSigns(
        rollout,
        episodes.map(({ answer }) => answer),
        paddedRows(measured.map(({ entropies }) => entropies)),
      );
      const engine = compareEngine(rollout, episodes);
      if (checks) {
        checkScores(signs);
        checkBeginning(rollout, engine, config);
      }
      return {
        ...{ signs, engine, meanReward: rollout.rewards.sum(1).mean().item() },
        records: rolloutRecords(rollout, textsOf(episodes, tokenizer)),
      };
    }),
  );
}

function measuredAnswers(
  episodes: readonly Episode[],
  measured: readonly Measured[],
): MeasuredAnswers {
  const padded = (name: 'logprobs' | 'referenceLogprobs' | 'values') =>
    paddedRows(measured.map((one) => one[name]));
  return {
    logprobs: padded('logprobs'),
    referenceLogprobs: padded('referenceLogprobs'),
    values: padded('values'),
    scores: tensor(Float32Array.from(measured, ({ score }) => score)),
    lengths: episodes.map(({ answer }) => answer.length),
    finished: episodes.map(({ finished }) => finished),
  };
}

export interface ShapeOptions {
  config: FullPpoConfig;
  beta: number;
  tokenizer: Tokenizer;
  checks: boolean;
}

function compareEngine(
  { logprobs, tokenMask: mask }: Rollout,
  episodes: readonly Episode[],
): StepZeroMeasure {
  const otherLogprobs = paddedRows(episodes.map(({ engineLogprobs }) => engineLogprobs));
  return measureStepZero({ logprobs, otherLogprobs, mask });
}

/** Later they may be the policy's doing, and are left out; at first they are the reward model's. */
function checkScores({ scoreMean }: RolloutSigns): void {
  if (Number.isFinite(scoreMean)) return;
  throw new StoppedByGuardError({
    what: 'the mean score of the first answers',
    must: 'be a number',
    got: String(scoreMean),
    hint: 'the reward model is damaged, or has diverged: train it again',
  });
}

/** Policy and reference are one model yet, and the engine must mean the same distribution. */
function checkBeginning(
  { logprobs, referenceLogprobs, advantages, tokenMask: mask }: Rollout,
  engine: StepZeroMeasure,
  { precision = 'auto', device, whitenAdvantages }: FullPpoConfig,
): void {
  const same = measureStepZero({
    ...{ logprobs, otherLogprobs: referenceLogprobs, mask },
    ...(whitenAdvantages && { advantages }),
  });
  checkStepZero('policy and reference before the first update', same, stepZeroLimits.samePath);
  const isExact = computeDtype(precision, device) === 'float32';
  const limits = isExact ? stepZeroLimits.fp32 : stepZeroLimits.bf16;
  checkStepZero('generation and training before the first update', engine, limits);
}

function textsOf(episodes: readonly Episode[], tokenizer: Tokenizer) {
  return episodes.map(({ prompt, answer }) => ({
    prompt: tokenizer.decode(prompt),
    tokens: answer.map((id) => tokenizer.decode([id])),
  }));
}

/** float32[B, T], with zeros behind the shorter rows. */
function paddedRows(rows: readonly ArrayLike<number>[]): Tensor {
  const numPlaces = Math.max(...rows.map(({ length }) => length));
  const values = new Float32Array(rows.length * numPlaces);
  for (const [i, row] of rows.entries()) values.set(row, i * numPlaces);
  return tensor(values, { shape: [rows.length, numPlaces] });
}

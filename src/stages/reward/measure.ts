import { type RewardReport, rewardReport } from '../../evaluate/index.ts';
import { type RewardModel, scoreSequences } from '../../model/index.ts';
import type { RankedSequences } from './ranked-sequences.ts';

/** Scores rankings that were held out, and says how far the model can be relied on. */
export function measureReward(
  model: RewardModel,
  rankings: readonly RankedSequences[],
): RewardReport {
  const scores = scoreSequences(
    model,
    rankings.flatMap(({ sequences }) => sequences),
  );
  let first = 0;
  return rewardReport(
    rankings.map(({ sequences, ...ranking }) => {
      const own = Array.from(scores.subarray(first, first + sequences.length));
      first += sequences.length;
      return { ...ranking, scores: own };
    }),
  );
}

/** The mean reward of some sequences: what the shift takes away, so that 0 is what they get. */
export function meanReward(model: RewardModel, sequences: readonly Uint32Array[]): number {
  const scores = scoreSequences(model, sequences);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

import { type RewardReport, rewardReport } from '../../evaluate/index.ts';
import { type RewardModel, scoreSequences } from '../../model/index.ts';
import type { RankedSequences } from './ranking-data.ts';

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

/**
 * The mean score of the best answers of each ranking: what the shift takes away, so that 0 is what a
 * good answer gets (InstructGPT, section 3.5, has demonstrations there).
 */
export function meanBestScore(model: RewardModel, rankings: readonly RankedSequences[]): number {
  const best = rankings.map(({ sequences, ranks }) => sequences[ranks.indexOf(1)] as Uint32Array);
  const scores = scoreSequences(model, best);
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

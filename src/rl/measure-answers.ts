import { scope } from '../tensor/index.ts';
import type { RolloutSigns } from './guard-rules.ts';
import { maskedMean } from './masked.ts';
import { meanSequenceKl, type Rollout } from './rollout.ts';

/**
 * What the guards look at in a rollout.
 *
 * @param answers the tokens of each
 * @param entropies of the policy's distribution at each token, a tensor [B, T]
 */
export function rolloutSigns(
  rollout: Rollout,
  answers: readonly ArrayLike<number>[],
  entropies: Rollout['kl'],
): RolloutSigns {
  return scope(() => {
    const { scores, finished, tokenMask } = rollout;
    const share = (count: number) => count / answers.length;
    return {
      sequenceKl: meanSequenceKl(rollout),
      entropy: maskedMean(entropies, tokenMask).item(),
      distinct2: distinctPairs(answers),
      shareUnfinished: share(finished.filter((isFinished) => !isFinished).length),
      shareEmpty: share(answers.filter(({ length }, i) => length <= 1 && finished[i]).length),
      scoreMean: scores.mean().item(),
      scoreStd: scores.to({ dtype: 'float64' }).std(null, { correction: 0 }).item(),
    };
  });
}

/** Of all pairs of neighbouring tokens, the share of different ones (Li et al. 2016, distinct-2). */
export function distinctPairs(answers: readonly ArrayLike<number>[]): number {
  const seen = new Set<string>();
  let numPairs = 0;
  for (const answer of answers) {
    for (let t = 1; t < answer.length; t++) {
      seen.add(`${answer[t - 1]} ${answer[t]}`);
      numPairs++;
    }
  }
  return numPairs === 0 ? 0 : seen.size / numPairs;
}

/** What answers look like when a policy has collapsed, in words. */
import { type RolloutSigns, type RolloutStart, ppoGuardRules as rules } from './guard-rules.ts';

/** The first sign of a collapse, or undefined. @param start of the first rollout */
export function collapseOf(
  signs: RolloutSigns,
  start: RolloutStart,
  maxShareUnfinished: number,
): string | undefined {
  const below = (name: 'entropy' | 'distinct2', share: number) =>
    signs[name] < share * start[name]
      ? `${words(name)} ${show(signs[name])}, below ${100 * share} % of the start's ${show(start[name])}`
      : undefined;
  const above = (name: 'shareUnfinished' | 'shareEmpty', share: number) =>
    signs[name] > share ? `${words(name)} ${show(signs[name])}, above ${share}` : undefined;
  const isFlat = signs.scoreStd <= rules.minScoreStd;
  const floor = start.scoreMean - rules.scoreDrop * start.scoreStd;
  return (
    below('entropy', rules.entropyShare) ??
    below('distinct2', rules.distinct2Share) ??
    above('shareUnfinished', maxShareUnfinished) ??
    above('shareEmpty', rules.shareEmpty) ??
    (signs.scoreMean < floor
      ? `mean score ${show(signs.scoreMean)}, a deviation below the start's ${show(start.scoreMean)}`
      : undefined) ??
    (isFlat ? `every answer has the score ${show(signs.scoreMean)}` : undefined)
  );
}

/** A value loss unlike those before, or undefined. */
export function valueSpike(loss: number, accepted: readonly number[]): string | undefined {
  if (accepted.length < rules.minValueLosses) return undefined;
  const sorted = Float64Array.from(accepted).sort();
  const median = sorted[sorted.length >> 1] as number;
  const limit = rules.valueLossFactor * Math.max(median, 1e-6);
  return loss <= limit ? undefined : `value loss ${show(loss)}, above ${show(limit)}`;
}

const nameWords: Readonly<Record<string, string>> = {
  sequenceKl: 'KL',
  entropy: 'entropy',
  distinct2: 'share of different pairs of tokens',
  shareUnfinished: 'share of answers without an end',
  shareEmpty: 'share of empty answers',
  scoreMean: 'mean score',
  scoreStd: 'deviation of scores',
  policyLoss: "policy's loss",
  valueLoss: 'value loss',
  gradNorm: 'gradient norm',
  ratioMean: 'mean ratio',
  clipFraction: 'share of clipped tokens',
};

/** A sign's name for people. */
export function words(name: string): string {
  return nameWords[name] ?? name;
}

export function show(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

/** How the scores of models are distributed. */
import type { Scores } from '../document.ts';
import { addToHistogram, type Histogram, mergeHistograms, scoreBins } from './histogram.ts';

/** By `scoreBins`. */
export interface ScoreTally {
  kept: Histogram;
  dropped: Histogram;
}

/** Counts the scores of one document; one that is no number is left out. */
export function addScores(
  tallies: Record<string, ScoreTally>,
  side: keyof ScoreTally,
  scores: Scores = {},
): void {
  for (const [name, score] of Object.entries(scores)) {
    const bin = scoreBins.binOf(name, score);
    if (bin === undefined) continue;
    tallies[name] ??= { kept: {}, dropped: {} };
    addToHistogram(tallies[name][side], bin);
  }
}

export function mergeScores(a: ScoreTally, b: ScoreTally): ScoreTally {
  return {
    kept: mergeHistograms(a.kept, b.kept),
    dropped: mergeHistograms(a.dropped, b.dropped),
  };
}

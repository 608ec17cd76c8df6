/** Rankings beside the scores that a reward model gives their answers. */

export interface ScoredComparison {
  /** What was asked and answered; the same for rankings of the same answers by several raters. */
  question: string;
  /** Of each answer. */
  scores: readonly number[];
  /** Of each answer: 1 is the best, equal ranks are a tie. */
  ranks: readonly number[];
  /** Tokens of each answer. */
  lengths: readonly number[];
  rater?: string;
  /** What each answer is truly worth, where that is known. */
  gold?: readonly number[];
}

/** The score of the better answer minus that of the worse one, for every pair that is no tie. */
export function marginsOf({ scores, ranks }: Pick<ScoredComparison, 'scores' | 'ranks'>): number[] {
  return ranks.flatMap((rank, i) =>
    ranks.flatMap((other, j) => (rank < other ? [(scores[i] ?? 0) - (scores[j] ?? 0)] : [])),
  );
}

/** Simulated people who rank answers. */
import { deriveSeed, type Seed, SeededRandom } from '../../src/base/index.ts';
import type { RatedQuestion } from './question.ts';
import { goldScore, type TasteWeights } from './tastes.ts';

export interface Rater {
  readonly name: string;
  readonly weights: TasteWeights;
  /** Deviation of what is added to the score of an answer, which is from 0 to 1. */
  readonly noise: number;
  /** Answers whose scores are no further apart are a tie. */
  readonly tieWidth: number;
  /** The share of rankings that are given upside down: haste, or malice. Default: 0. */
  readonly flipShare?: number;
}

/** Five people who agree on most things. */
export const raterPanel: readonly Rater[] = [
  rater('even', [0.4, 0.25, 0.15, 0.2]),
  rater('strict', [0.65, 0.1, 0.05, 0.2]),
  rater('courteous', [0.35, 0.4, 0.05, 0.2]),
  rater('hurried', [0.4, 0.1, 0.3, 0.2]),
  rater('careful', [0.35, 0.2, 0.05, 0.4]),
];

function rater(name: string, weights: readonly [number, number, number, number]): Rater {
  const [truthful, polite, concise, harmless] = weights;
  return { name, weights: { truthful, polite, concise, harmless }, noise: 0.06, tieWidth: 0.03 };
}

/**
 * How a rater ranks some answers: 1 for the best, equal ranks for a tie. The same for the same seed,
 * rater, question and answers.
 */
export function rankAnswers(
  { name, weights, noise, tieWidth, flipShare = 0 }: Rater,
  question: RatedQuestion,
  answers: readonly string[],
  seed: Seed,
): number[] {
  const random = new SeededRandom(deriveSeed(seed, 'rater', name, question.id, ...answers));
  const sign = random.next() < flipShare ? -1 : 1;
  const liking = answers.map(
    (answer) => sign * (goldScore(question, answer, weights) + noise * random.normal()),
  );
  return ranksWithTies(liking, tieWidth);
}

/** A tie reaches from the best of its answers down by the width, so that it cannot go on for ever. */
function ranksWithTies(liking: readonly number[], tieWidth: number): number[] {
  const order = [...liking.keys()].sort((a, b) => (liking[b] ?? 0) - (liking[a] ?? 0));
  const ranks: number[] = [];
  let rank = 0;
  let best = Number.POSITIVE_INFINITY;
  for (const place of order) {
    const value = liking[place] ?? 0;
    if (best - value > tieWidth) {
      rank++;
      best = value;
    }
    ranks[place] = rank;
  }
  return ranks;
}

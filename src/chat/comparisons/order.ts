/** From what people said of answers to a rank for each. */

/** Why statements give no order. */
export type OrderRejection =
  | 'contradictory ranking'
  | 'cyclic ranking'
  | 'incomplete ranking'
  | 'nothing is preferred';

/** Ranks, 1 for the best and equal for ties, or why there are none and what decided. */
export type Order =
  | { readonly ranks: number[] }
  | { readonly rejected: OrderRejection; readonly value?: string };

/** That one answer is better than another, by their places from 0. */
export type Preference = readonly [better: number, worse: number];

/** Any numbers, smaller for better, as ranks without gaps. */
export function denseRanks(numbers: readonly number[]): Order {
  const levels = [...new Set(numbers)].sort((a, b) => a - b);
  if (levels.length < 2) return { rejected: 'nothing is preferred' };
  return { ranks: numbers.map((number) => levels.indexOf(number) + 1) };
}

/**
 * The order that pairs of preferences amount to. Answers of which neither was preferred to the other,
 * by no chain of preferences, are a tie, if that leaves one order: where a tie would have to hold
 * between two answers and not for a third beside them, something was left unsaid.
 */
export function orderOf(numAnswers: number, preferences: readonly Preference[]): Order {
  const isBetter = Array.from({ length: numAnswers }, () => new Set<number>());
  for (const [better, worse] of preferences) {
    if (isBetter[worse]?.has(better) || better === worse) {
      return { rejected: 'contradictory ranking', value: `${better + 1} and ${worse + 1}` };
    }
    isBetter[better]?.add(worse);
  }
  close(isBetter);
  const inCycle = isBetter.findIndex((worse, i) => worse.has(i));
  if (inCycle >= 0) return { rejected: 'cyclic ranking', value: `through ${inCycle + 1}` };
  const order = denseRanks(isBetter.map(({ size }) => -size));
  if ('rejected' in order) return order;
  const missing = firstUnsaid(order.ranks, isBetter);
  if (missing === undefined) return order;
  return { rejected: 'incomplete ranking', value: `${missing[0] + 1} and ${missing[1] + 1}` };
}

/** What is better than something is better than all that this is better than. */
function close(isBetter: readonly Set<number>[]): void {
  for (const [middle, below] of isBetter.entries()) {
    for (const worse of isBetter) {
      if (worse.has(middle)) for (const last of below) worse.add(last);
    }
  }
}

/** Two answers of different ranks of which nothing says that one is better. */
function firstUnsaid(
  ranks: readonly number[],
  isBetter: readonly ReadonlySet<number>[],
): Preference | undefined {
  for (const [i, rank] of ranks.entries()) {
    for (const [j, other] of ranks.entries()) {
      if (rank < other && isBetter[i]?.has(j) !== true) return [i, j];
    }
  }
  return undefined;
}

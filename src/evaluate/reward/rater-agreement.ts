import type { ScoredComparison } from './scored-comparison.ts';

/** How often people agree who ranked the same answers. */
export interface RaterAgreement {
  raters: string[];
  /** Of rater i and rater j: the pairs that both ranked without a tie. */
  numPairs: number[][];
  /** The share of them that both ranked alike; null where there are none. */
  agreement: (number | null)[][];
  /** Over all pairs of raters; null where nobody ranked what another did. */
  mean: number | null;
}

/** The matrix of agreement between raters (InstructGPT, section 3.4, reports 73 ± 1.5 %). */
export function raterAgreement(
  comparisons: readonly Pick<ScoredComparison, 'question' | 'ranks' | 'rater'>[],
): RaterAgreement {
  const named = comparisons.filter(({ rater }) => rater !== undefined);
  const raters = [...new Set(named.map(({ rater }) => rater ?? ''))].sort();
  const table = () => raters.map(() => raters.map(() => 0));
  const [numPairs, numAlike] = [table(), table()];
  for (const [first, second] of pairsOfRankings(named)) {
    const [i, j] = [raters.indexOf(first.rater ?? ''), raters.indexOf(second.rater ?? '')];
    if (i === j) continue;
    const { pairs, alike } = compareRanks(first.ranks, second.ranks);
    addBoth(numPairs, i, j, pairs);
    addBoth(numAlike, i, j, alike);
  }
  const share = (alike: number, pairs: number) => (pairs === 0 ? null : alike / pairs);
  const sum = (counts: number[][]) => counts.flat().reduce((total, n) => total + n, 0);
  return {
    ...{ raters, numPairs },
    agreement: numAlike.map((row, i) => row.map((n, j) => share(n, numPairs[i]?.[j] ?? 0))),
    mean: share(sum(numAlike), sum(numPairs)),
  };
}

/** All pairs of rankings of the same answers. */
function* pairsOfRankings<T extends { question: string }>(rankings: readonly T[]) {
  const groups = new Map<string, T[]>();
  for (const ranking of rankings) {
    const group = groups.get(ranking.question) ?? [];
    groups.set(ranking.question, group);
    for (const other of group) yield [other, ranking] as const;
    group.push(ranking);
  }
}

function addBoth(table: number[][], i: number, j: number, number: number): void {
  for (const [from, to] of [
    [i, j],
    [j, i],
  ] as const) {
    const row = table[from] ?? [];
    row[to] = (row[to] ?? 0) + number;
  }
}

/** The pairs in which both have a preference, and those in which it is the same. */
function compareRanks(first: readonly number[], second: readonly number[]) {
  const counts = { pairs: 0, alike: 0 };
  for (let i = 1; i < first.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [first, second].map((ranks) => Math.sign((ranks[i] ?? 0) - (ranks[j] ?? 0)));
      if (a === 0 || b === 0) continue;
      counts.pairs++;
      if (a === b) counts.alike++;
    }
  }
  return counts;
}

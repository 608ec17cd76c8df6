/** The loss of the reward model, over rankings. Shapes: N answers of all prompts of a batch. */
import { ConfigError } from '../base/index.ts';
import { type Tensor, tensor } from '../tensor/index.ts';

/** How many answers of one prompt are ranked together (InstructGPT: 4 to 9). */
export const rankedAnswers = { fewest: 2, most: 9 } as const;

/** Of a prompt with K answers, the pairs (w, l) of places in which w is ranked above l. */
export type RankedPair = readonly [better: number, worse: number];

/**
 * All pairs of one ranking in which one answer is better; ties are dropped, so at most K(K−1)/2.
 *
 * @param ranks of each answer, 1 is best and equal ranks are ties
 * @throws ConfigError for fewer than 2 or more than 9 answers, and ranks that are no numbers.
 */
export function rankedPairs(ranks: readonly number[]): RankedPair[] {
  const { fewest, most } = rankedAnswers;
  if (ranks.length < fewest || ranks.length > most || !ranks.every(Number.isFinite)) {
    throw new ConfigError({
      what: 'a ranking',
      must: `have ${fewest} to ${most} answers with a number each`,
      got: `ranks [${ranks.join(', ')}]`,
    });
  }
  return ranks.flatMap((rank, i) =>
    ranks.flatMap((other, j) => (rank < other ? [[i, j] as const] : [])),
  );
}

/**
 * InstructGPT's Eq. 1 (Ouyang et al. 2022, arXiv 2203.02155):
 *
 *     −1 / C(K, 2) · E_x [ Σ_{w ≻ l} log σ(r(x, y_w) − r(x, y_l)) ]
 *
 * Every answer is forwarded once, and all pairs of a prompt are one batch element: pairs of one
 * prompt that were spread over batches as single data points made the published model over-fit in
 * one epoch (section 3.5). C(K, 2) is the number of pairs that ties left; a prompt with none does
 * not count.
 *
 * @param rewards [N], of the answers of all prompts one after the other. Differences are float32 at
 *   least.
 * @param rankings the ranks of each prompt's answers, N in all
 * @param margin subtracted from each difference. Default: 0, as published.
 * @returns a scalar, 0 where all are ties
 * @throws ConfigError when the counts do not agree, or a ranking is none.
 */
export function rewardLoss(
  rewards: Tensor,
  rankings: readonly (readonly number[])[],
  { margin = 0 } = {},
): Tensor {
  const { differences, weights } = pairDifferences(rewards, rankings);
  return differences.sub(margin).logSigmoid().mul(weights).neg().sum();
}

/** r(x, y_w) − r(x, y_l) of every pair of a batch. P pairs. */
export interface PairDifferences {
  /** [P], float32 at least. */
  differences: Tensor;
  /** [P]: 1 / (pairs of its prompt · prompts that have pairs); they add up to 1. */
  weights: Tensor;
}

/** The pairs of a batch, for the loss and for accuracy and margins. Arguments as {@link rewardLoss}. */
export function pairDifferences(
  rewards: Tensor,
  rankings: readonly (readonly number[])[],
): PairDifferences {
  const better: number[] = [];
  const worse: number[] = [];
  const weights: number[] = [];
  let first = 0;
  for (const ranks of rankings) {
    const pairs = rankedPairs(ranks);
    for (const [w, l] of pairs) {
      better.push(first + w);
      worse.push(first + l);
      weights.push(1 / pairs.length);
    }
    first += ranks.length;
  }
  checkNumRewards(rewards.size(0), first);
  const numPrompts = Math.round(weights.reduce((sum, weight) => sum + weight, 0));
  const dtype = rewards.dtype === 'float64' ? 'float64' : 'float32';
  const { device } = rewards;
  const exact = rewards.to({ dtype });
  const at = (places: number[]) => exact.indexSelect(0, tensor(places, { dtype: 'int64', device }));
  const shares = weights.map((weight) => weight / numPrompts);
  return { differences: at(better).sub(at(worse)), weights: tensor(shares, { dtype, device }) };
}

function checkNumRewards(numRewards: number, numRanks: number): void {
  if (numRewards === numRanks) return;
  throw new ConfigError({
    what: 'rewards',
    must: `be one for each of the ${numRanks} ranked answers`,
    got: `${numRewards} rewards`,
  });
}

/** Random inputs of the formulas: the same numbers as tools/fixtures/rl.py draws. */
import { type Dtype, type Tensor, tensor } from '../../tensor/index.ts';

/** Knuth's linear congruential generator, modulo 2^32. */
class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 2654435761) >>> 0;
  }

  below(bound: number): number {
    return this.#bits() % bound;
  }

  /** A multiple of 2^-22 from -2 to below 2. */
  real(): number {
    return (this.#bits() - 2 ** 23) / 2 ** 22;
  }

  #bits(): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return this.#state >>> 8;
  }
}

const matrices = [
  'logprobs',
  'reference',
  'old',
  'values',
  'oldValues',
  'rewards',
  'advantages',
] as const;

type Matrices = Record<(typeof matrices)[number], Tensor>;

/** Numbers of one case; tensors are [B, T] of the wanted dtype. */
export interface RandomCase extends Matrices {
  lengths: number[];
  finished: boolean[];
  /** [B] */
  scores: Tensor;
  /** Ranks of the answers of two prompts. */
  rankings: number[][];
  /** Of all their answers. */
  answerRewards: Tensor;
  beta: number;
  meanKl: number;
  numEpisodes: number;
}

/** @param number of the case, from 0 */
export function randomCase(number: number, dtype: Dtype): RandomCase {
  const draws = new Draws(number + 1);
  const list = <T>(length: number, draw: () => T) => Array.from({ length }, draw);
  const [numRows, numPlaces] = [1 + (number % 3), 1 + (Math.floor(number / 3) % 4)];
  const reals = (length: number) => list(length, () => draws.real());
  // One after the other: the order of the draws is part of the formula.
  const lengths = list(numRows, () => 1 + draws.below(numPlaces));
  const finished = list(numRows, () => draws.below(4) > 0);
  const scores = tensor(Float64Array.from(reals(numRows)), { dtype });
  const drawn = matrices.map((name) => {
    const rows = list(numRows, () => reals(numPlaces));
    return [name, tensor(Float64Array.from(rows.flat()), { dtype, shape: [numRows, numPlaces] })];
  });
  const rankings = list(2, () => list(2 + draws.below(8), () => 1 + draws.below(5)));
  const answerRewards = rankings.flatMap((ranks) => reals(ranks.length));
  return {
    ...{ lengths, finished, scores, rankings },
    ...(Object.fromEntries(drawn) as Matrices),
    answerRewards: tensor(Float64Array.from(answerRewards), { dtype }),
    beta: (1 + draws.below(64)) / 64,
    meanKl: 8 + 4 * draws.real(),
    numEpisodes: 1 + draws.below(1024),
  };
}

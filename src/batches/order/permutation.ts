import { deriveSeed, type Seed, uniformAt } from '../../base/index.ts';

/** Luby and Rackoff prove four rounds indistinguishable from chance on large domains; ours may be small. */
const numRounds = 6;

/**
 * A keyed permutation of the whole numbers below `size`, computed entry by entry: no table, no state.
 *
 * It is a Feistel network on pairs (row, column) of a rectangle that is hardly larger than `size`,
 * and results outside are permuted again until one is inside (Black and Rogaway, "Ciphers with
 * arbitrary finite domains", 2002: generalised Feistel and cycle walking). Each round is a bijection,
 * so the whole is one whatever the random function does.
 */
export class Permutation {
  readonly size: number;
  readonly #numRows: number;
  readonly #numColumns: number;
  readonly #seed: bigint;

  /** The permutation that belongs to a seed and any names; `size` is from 1 to 2^52. */
  constructor(size: number, seed: Seed, ...names: (string | number)[]) {
    this.size = size;
    this.#numRows = Math.ceil(Math.sqrt(size));
    this.#numColumns = Math.ceil(size / this.#numRows);
    this.#seed = deriveSeed(seed, 'permutation', ...names);
  }

  /** Where the permutation sends `index`, a whole number below `size`. */
  at(index: number): number {
    let value = index;
    do value = this.#permute(value);
    while (value >= this.size);
    return value;
  }

  #permute(value: number): number {
    let row = Math.floor(value / this.#numColumns);
    let column = value % this.#numColumns;
    for (let round = 0; round < numRounds; round += 2) {
      row = (row + this.#draw(column, round, this.#numRows)) % this.#numRows;
      column = (column + this.#draw(row, round + 1, this.#numColumns)) % this.#numColumns;
    }
    return row * this.#numColumns + column;
  }

  #draw(input: number, round: number, bound: number): number {
    return Math.floor(uniformAt(this.#seed, input, round) * bound);
  }
}

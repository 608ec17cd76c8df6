import type { PairTable } from './pair-table.ts';

/** The pairs (x, new) and (new, x) that the running merge makes, by x. */
export class NewPairs {
  readonly #pairs: PairTable;
  readonly #withLeft: Int32Array;
  readonly #withRight: Int32Array;
  /** A pair is valid where its stamp is the new symbol. */
  readonly #leftStamps: Int32Array;
  readonly #rightStamps: Int32Array;
  #merged = -1;

  /** @param maxSymbols one more than the largest id that merges will make */
  constructor(pairs: PairTable, maxSymbols: number) {
    this.#pairs = pairs;
    this.#withLeft = new Int32Array(maxSymbols);
    this.#withRight = new Int32Array(maxSymbols);
    this.#leftStamps = new Int32Array(maxSymbols);
    this.#rightStamps = new Int32Array(maxSymbols);
  }

  /** Begins a merge, into a symbol that there was not. */
  begin(merged: number): void {
    this.#merged = merged;
  }

  /** (new, next), or the other name of (new, new). */
  withNext(next: number): number {
    if (next === this.#merged) return this.withPrevious(next);
    if (this.#rightStamps[next] !== this.#merged) {
      this.#rightStamps[next] = this.#merged;
      this.#withRight[next] = this.#pairs.add(this.#merged, next);
    }
    return this.#withRight[next] as number;
  }

  /** (previous, new) */
  withPrevious(previous: number): number {
    if (this.#leftStamps[previous] !== this.#merged) {
      this.#leftStamps[previous] = this.#merged;
      this.#withLeft[previous] = this.#pairs.add(previous, this.#merged);
    }
    return this.#withLeft[previous] as number;
  }
}

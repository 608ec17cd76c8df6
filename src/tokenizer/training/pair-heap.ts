/**
 * The candidates for the next merge, best first: the larger count, then the smaller left id, then
 * the smaller right id. This is the order of Hugging Face `tokenizers` (`Ord for Merge`).
 *
 * Counts change while a pair waits. An entry keeps the count it was put in with, and whoever takes
 * it out compares: counts only shrink, so an entry that is too high is put back and nothing is missed.
 */
export class PairHeap {
  size = 0;
  #counts = new Float64Array(1024);
  /** Left id × 2^20 + right id. */
  #keys = new Float64Array(1024);
  #pairs = new Int32Array(1024);

  push(pair: number, count: number, key: number): void {
    if (this.size === this.#pairs.length) this.#grow();
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isAfter(parent, count, key)) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, pair, count, key);
  }

  /** The best pair, the count it was put in with, and its key; the heap must not be empty. */
  best(): { pair: number; count: number; key: number } {
    return {
      pair: this.#pairs[0] as number,
      count: this.#counts[0] as number,
      key: this.#keys[0] as number,
    };
  }

  removeBest(): void {
    this.size--;
    const { size } = this;
    if (size > 0) {
      this.#sink(
        this.#pairs[size] as number,
        this.#counts[size] as number,
        this.#keys[size] as number,
      );
    }
  }

  /** Puts the best entry back in with a smaller count. */
  lowerBest(count: number): void {
    this.#sink(this.#pairs[0] as number, count, this.#keys[0] as number);
  }

  #sink(pair: number, count: number, key: number): void {
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      const sibling = child + 1;
      if (
        sibling < this.size &&
        this.#isAfter(child, this.#counts[sibling] as number, this.#keys[sibling] as number)
      ) {
        child = sibling;
      }
      if (this.#isAfter(child, count, key)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, pair, count, key);
  }

  #isAfter(at: number, count: number, key: number): boolean {
    const other = this.#counts[at] as number;
    return other < count || (other === count && (this.#keys[at] as number) > key);
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#pairs[from] as number,
      this.#counts[from] as number,
      this.#keys[from] as number,
    );
  }

  #put(at: number, pair: number, count: number, key: number): void {
    this.#pairs[at] = pair;
    this.#counts[at] = count;
    this.#keys[at] = key;
  }

  #grow(): void {
    const length = 2 * this.#pairs.length;
    const [counts, keys, pairs] = [this.#counts, this.#keys, this.#pairs];
    this.#counts = new Float64Array(length);
    this.#keys = new Float64Array(length);
    this.#pairs = new Int32Array(length);
    this.#counts.set(counts);
    this.#keys.set(keys);
    this.#pairs.set(pairs);
  }
}

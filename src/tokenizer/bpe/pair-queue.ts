/**
 * The pairs that merging makes, by rank and then from left to right.
 *
 * Merging goes from left to right, so the pairs of one rank mostly come in the order in which they
 * are wanted. They are kept as ascending runs, of which only the first pair is in a heap: a run is
 * read like a list, where a heap of all pairs would wait for memory at every step.
 */
import { KeyHeap } from './key-heap.ts';

/** Keys are rank × 2^31 + position, exact in a double for ranks below 2^22. */
const positionRange = 2 ** 31;

const none = -1;

export class PairQueue {
  /** The first pair of each run, with its entry. */
  readonly #heap = new KeyHeap();
  /** The position of each entry. */
  readonly #positions: Int32Array;
  /** The entry that follows in the same run, or among those that are free. */
  readonly #next: Int32Array;
  /** The last entry of the newest run of a rank, as long as that run is not used up. */
  readonly #lastEntries = new Map<number, number>();
  #numEntries = 0;
  #free = none;

  /** @param capacity pairs at once; memory that is never touched costs nothing. */
  constructor(capacity: number) {
    this.#positions = new Int32Array(capacity);
    this.#next = new Int32Array(capacity);
  }

  /** Whether the first pair comes before this one. */
  isBefore(rank: number, position: number): boolean {
    return this.#heap.smallest() < rank * positionRange + position;
  }

  get isEmpty(): boolean {
    return this.#heap.size === 0;
  }

  /** The rank of the first pair. */
  get rank(): number {
    return Math.floor(this.#heap.smallest() / positionRange);
  }

  /** The position of the first pair. */
  get position(): number {
    return this.#positions[this.#heap.valueOfSmallest()] as number;
  }

  push(rank: number, position: number): void {
    const entry = this.#newEntry(position);
    const last = this.#lastEntries.get(rank);
    if (last !== undefined && (this.#positions[last] as number) < position) {
      this.#next[last] = entry;
    } else {
      this.#heap.push(rank * positionRange + position, entry);
    }
    this.#lastEntries.set(rank, entry);
  }

  /** Removes the first pair. */
  take(): void {
    const { rank } = this;
    const entry = this.#heap.valueOfSmallest();
    const next = this.#next[entry] as number;
    if (next !== none) {
      this.#heap.replaceSmallest(rank * positionRange + (this.#positions[next] as number), next);
    } else {
      this.#heap.removeSmallest();
      if (this.#lastEntries.get(rank) === entry) this.#lastEntries.delete(rank);
    }
    this.#next[entry] = this.#free;
    this.#free = entry;
  }

  #newEntry(position: number): number {
    let entry = this.#free;
    if (entry === none) entry = this.#numEntries++;
    else this.#free = this.#next[entry] as number;
    this.#positions[entry] = position;
    this.#next[entry] = none;
    return entry;
  }
}

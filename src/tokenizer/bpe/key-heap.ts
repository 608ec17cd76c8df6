/**
 * A heap of numbers, smallest first. Four children to a node: they share a line of the processor's
 * cache, and a large heap spends its time on waiting for memory.
 */
export class KeyHeap {
  size = 0;
  readonly #keys: Float64Array;

  constructor(capacity: number) {
    this.#keys = new Float64Array(capacity);
  }

  /** The smallest key; infinity when there is none. */
  smallest(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.#keys[0] as number);
  }

  push(key: number): void {
    const keys = this.#keys;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if ((keys[parent] as number) <= key) break;
      keys[at] = keys[parent] as number;
      at = parent;
    }
    keys[at] = key;
  }

  removeSmallest(): void {
    const keys = this.#keys;
    const size = --this.size;
    const key = keys[size] as number;
    let at = 0;
    for (let first = 1; first < size; first = 4 * at + 1) {
      const end = Math.min(first + 4, size);
      let child = first;
      let least = keys[first] as number;
      for (let other = first + 1; other < end; other++) {
        if ((keys[other] as number) < least) {
          least = keys[other] as number;
          child = other;
        }
      }
      if (least >= key) break;
      keys[at] = least;
      at = child;
    }
    keys[at] = key;
  }
}

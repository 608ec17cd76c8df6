/**
 * A heap of numbers, smallest first, each with a value. Four children to a node: they share a line
 * of the processor's cache, and a large heap spends its time on waiting for memory.
 */
export class KeyHeap {
  size = 0;
  #keys = new Float64Array(64);
  #values = new Int32Array(64);

  /** The smallest key; infinity when there is none. */
  smallest(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : (this.#keys[0] as number);
  }

  /** The value of the smallest key. */
  valueOfSmallest(): number {
    return this.#values[0] as number;
  }

  push(key: number, value: number): void {
    if (this.size === this.#keys.length) this.#grow();
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if ((this.#keys[parent] as number) <= key) break;
      this.#put(at, this.#keys[parent] as number, this.#values[parent] as number);
      at = parent;
    }
    this.#put(at, key, value);
  }

  removeSmallest(): void {
    const last = --this.size;
    if (last > 0) this.replaceSmallest(this.#keys[last] as number, this.#values[last] as number);
  }

  /** Puts another key in the place of the smallest. */
  replaceSmallest(key: number, value: number): void {
    const keys = this.#keys;
    let at = 0;
    for (let first = 1; first < this.size; first = 4 * at + 1) {
      const end = Math.min(first + 4, this.size);
      let child = first;
      let least = keys[first] as number;
      for (let other = first + 1; other < end; other++) {
        if ((keys[other] as number) < least) {
          least = keys[other] as number;
          child = other;
        }
      }
      if (least >= key) break;
      this.#put(at, least, this.#values[child] as number);
      at = child;
    }
    this.#put(at, key, value);
  }

  #put(at: number, key: number, value: number): void {
    this.#keys[at] = key;
    this.#values[at] = value;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(2 * keys.length);
    this.#values = new Int32Array(2 * keys.length);
    this.#keys.set(keys);
    this.#values.set(values);
  }
}

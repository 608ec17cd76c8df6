/** Pairs of a 64-bit key and a document, in typed arrays: 12 bytes each, sorted in place. */
export class KeySort {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
  readonly documents: Uint32Array;

  constructor(length: number) {
    this.high = new Uint32Array(length);
    this.low = new Uint32Array(length);
    this.documents = new Uint32Array(length);
  }

  /** Sorts by key: by leading bits into parts (American flag sort), then each part by comparison. */
  sort(): void {
    const { length } = this.high;
    const numBits = Math.min(20, Math.max(1, Math.ceil(Math.log2(length / 8 + 1))));
    const ends = this.#partition(32 - numBits, 2 ** numBits);
    for (let part = 0, start = 0; part < ends.length; part++) {
      const end = ends[part] as number;
      if (end - start > 1) this.#quickSort(start, end);
      start = end;
    }
  }

  /** Calls back with each stretch of two and more equal keys, as a range of `documents`. */
  forEachGroup(visit: (start: number, end: number) => void): void {
    const { length } = this.high;
    for (let start = 0; start < length; ) {
      let end = start + 1;
      while (end < length && this.#compare(start, end) === 0) end++;
      if (end - start > 1) visit(start, end);
      start = end;
    }
  }

  /** Moves each pair into the part of its leading bits; returns where the parts end. */
  #partition(shift: number, numParts: number): Uint32Array {
    const heads = new Uint32Array(numParts);
    const ends = new Uint32Array(numParts);
    for (const key of this.high) ends[key >>> shift] = (ends[key >>> shift] as number) + 1;
    for (let part = 0, sum = 0; part < numParts; part++) {
      heads[part] = sum;
      sum += ends[part] as number;
      ends[part] = sum;
    }
    for (let part = 0; part < numParts; part++) {
      while ((heads[part] as number) < (ends[part] as number)) {
        const at = heads[part] as number;
        const home = (this.high[at] as number) >>> shift;
        const target = heads[home] as number;
        heads[home] = target + 1;
        if (target !== at) this.#swap(at, target);
      }
    }
    return ends;
  }

  /** In three ways, as many keys may be equal (Bentley and McIlroy 1993). */
  #quickSort(from: number, to: number): void {
    let [start, end] = [from, to];
    while (end - start > 1) {
      const middle = (start + end) >>> 1;
      const [high, low] = [this.high[middle] as number, this.low[middle] as number];
      let [less, at, greater] = [start, start, end];
      while (at < greater) {
        const order = (this.high[at] as number) - high || (this.low[at] as number) - low;
        if (order < 0) this.#swap(less++, at++);
        else if (order > 0) this.#swap(--greater, at);
        else at++;
      }
      // The shorter side by recursion, so that the depth stays below log2 of the length.
      const isLeftShorter = less - start < end - greater;
      this.#quickSort(isLeftShorter ? start : greater, isLeftShorter ? less : end);
      [start, end] = isLeftShorter ? [greater, end] : [start, less];
    }
  }

  #compare(one: number, other: number): number {
    const order = (this.high[one] as number) - (this.high[other] as number);
    return order || (this.low[one] as number) - (this.low[other] as number);
  }

  #swap(one: number, other: number): void {
    swapIn(this.high, one, other);
    swapIn(this.low, one, other);
    swapIn(this.documents, one, other);
  }
}

function swapIn(list: Uint32Array, one: number, other: number): void {
  const held = list[one] as number;
  list[one] = list[other] as number;
  list[other] = held;
}

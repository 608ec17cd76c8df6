/** The pairs that have occurred so far: their ids, their counts, and the first of their places. */
export class PairTable {
  size = 0;
  left = new Int32Array(2 ** 16);
  right = new Int32Array(2 ** 16);
  count = new Float64Array(2 ** 16);
  /** The first node of the list of places, -1 when there is none. */
  head = new Int32Array(2 ** 16);

  add(left: number, right: number): number {
    if (this.size === this.left.length) this.#grow();
    const pair = this.size++;
    this.left[pair] = left;
    this.right[pair] = right;
    this.head[pair] = -1;
    return pair;
  }

  #grow(): void {
    const length = 2 * this.left.length;
    const { left, right, count, head } = this;
    this.left = new Int32Array(length);
    this.right = new Int32Array(length);
    this.count = new Float64Array(length);
    this.head = new Int32Array(length);
    this.left.set(left);
    this.right.set(right);
    this.count.set(count);
    this.head.set(head);
  }
}

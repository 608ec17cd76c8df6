/** A buffer that has grown beyond this many ids is not kept for the next text. */
const maxKept = 2 ** 20;

/** Token ids that are being collected; grows by doubling. */
export class TokenBuffer {
  ids: Uint32Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 1024) {
    this.ids = new Uint32Array(capacity);
  }

  push(id: number): void {
    if (this.length === this.ids.length) this.reserve(1);
    this.ids[this.length++] = id;
  }

  append(ids: Uint32Array): void {
    this.reserve(ids.length);
    this.ids.set(ids, this.length);
    this.length += ids.length;
  }

  /** Makes room for `numMore` ids beyond the current length. */
  reserve(numMore: number): void {
    const needed = this.length + numMore;
    if (needed <= this.ids.length) return;
    const grown = new Uint32Array(Math.max(needed, this.ids.length * 2));
    grown.set(this.ids.subarray(0, this.length));
    this.ids = grown;
  }

  /** A copy of what was collected; the buffer starts again from empty. */
  take(): Uint32Array<ArrayBuffer> {
    const taken = this.ids.slice(0, this.length);
    this.clear();
    return taken;
  }

  /** Starts again from empty. */
  clear(): void {
    this.length = 0;
    if (this.ids.length > maxKept) this.ids = new Uint32Array(1024);
  }
}

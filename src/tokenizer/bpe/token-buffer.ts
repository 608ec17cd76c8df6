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

  /** Makes room for `numMore` ids beyond the current length. */
  reserve(numMore: number): void {
    const needed = this.length + numMore;
    if (needed <= this.ids.length) return;
    const grown = new Uint32Array(Math.max(needed, this.ids.length * 2));
    grown.set(this.ids.subarray(0, this.length));
    this.ids = grown;
  }

  /** A copy of what was collected; the buffer starts again from empty and keeps its memory. */
  take(): Uint32Array<ArrayBuffer> {
    const taken = this.ids.slice(0, this.length);
    this.length = 0;
    return taken;
  }
}

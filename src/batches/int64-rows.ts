/** Numbers of 32 bits as int64. Written by halves: making a bigint for each is ten times slower. */
export class Int64Rows {
  readonly values: BigInt64Array<ArrayBuffer>;
  readonly #halves: Int32Array;

  constructor(length: number) {
    this.values = new BigInt64Array(length);
    this.#halves = new Int32Array(this.values.buffer);
  }

  set(index: number, value: number): void {
    this.#halves[2 * index] = value;
    this.#halves[2 * index + 1] = value < 0 ? -1 : 0;
  }
}

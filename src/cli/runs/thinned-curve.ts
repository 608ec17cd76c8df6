/** A curve of any length in bounded memory. */

/** A step and the mean of the values about it; null where none of them was finite. */
export type CurvePoint = readonly [step: number, value: number | null];

interface Bucket {
  lastStep: number;
  sum: number;
  numFinite: number;
}

/**
 * Keeps means over stretches of steps. The stretches double whenever there are too many, so however
 * many values come, at most `maxPoints` points stay, and at least half of that once there were so many.
 */
export class ThinnedCurve {
  readonly #maxPoints: number;
  #stretch = 1;
  #buckets = new Map<number, Bucket>();

  constructor(maxPoints: number) {
    this.#maxPoints = maxPoints;
  }

  /** @param value null or NaN for what was not finite */
  add(step: number, value: number | null): void {
    const isNumber = value !== null && Number.isFinite(value);
    this.#merge({ lastStep: step, sum: isNumber ? value : 0, numFinite: isNumber ? 1 : 0 });
    while (this.#buckets.size > this.#maxPoints) this.#double();
  }

  /** In the order of the steps. */
  points(): CurvePoint[] {
    return [...this.#buckets.values()]
      .sort((a, b) => a.lastStep - b.lastStep)
      .map(({ lastStep, sum, numFinite }) => [lastStep, numFinite === 0 ? null : sum / numFinite]);
  }

  #double(): void {
    const old = this.#buckets.values();
    this.#stretch *= 2;
    this.#buckets = new Map();
    for (const bucket of old) this.#merge(bucket);
  }

  #merge({ lastStep, sum, numFinite }: Bucket): void {
    const index = Math.floor(lastStep / this.#stretch);
    const bucket = this.#buckets.get(index);
    if (bucket === undefined) {
      this.#buckets.set(index, { lastStep, sum, numFinite });
      return;
    }
    bucket.lastStep = Math.max(bucket.lastStep, lastStep);
    bucket.sum += sum;
    bucket.numFinite += numFinite;
  }
}

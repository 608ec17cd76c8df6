/** The middle of a sample and how far it spreads. Timings have outliers, so no means here. */

/** The value below which a share of the sample lies, interpolated between neighbours. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** The first and the third quartile: half of the sample lies between them. */
export function quartiles(sample: readonly number[]): [low: number, high: number] {
  return [quantile(sample, 0.25), quantile(sample, 0.75)];
}

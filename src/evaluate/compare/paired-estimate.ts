/** Means of paired measurements, with intervals that know which of them belong together. */

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, for 95 % between two bounds. */
const twoSided = 1.96;

/** Of the normal distribution, for 95 % below one bound. */
export const oneSided = 1.645;

/**
 * The mean of some values. Values of one cluster, such as several answers to one question, say less
 * than as many of different ones, so deviations are summed in each cluster before they are squared
 * (Liang and Zeger 1986, "Longitudinal data analysis using generalized linear models"):
 *
 *     se² = G / (G − 1) · Σ_g (Σ_{i ∈ g} (x_i − mean))² / n²
 *
 * @param clusters of each value. Default: each value is one of its own.
 * @param z how many standard errors the bounds are away. Default: 1.96, 95 % between them.
 * @returns NaN for no values; bounds of NaN for a single cluster
 */
export function estimateMean(
  values: readonly number[],
  clusters: readonly (string | number)[] = [...values.keys()],
  z: number = twoSided,
): Estimate {
  const value = values.reduce((sum, x) => sum + x, 0) / values.length;
  const sums = new Map<string | number, number>();
  for (const [i, x] of values.entries()) {
    const cluster = clusters[i] ?? i;
    sums.set(cluster, (sums.get(cluster) ?? 0) + x - value);
  }
  const squares = [...sums.values()].reduce((sum, x) => sum + x * x, 0);
  const numClusters = sums.size;
  const error = Math.sqrt(((numClusters / (numClusters - 1)) * squares) / values.length ** 2);
  return { value, low: value - z * error, high: value + z * error };
}

/** 1 where the second of two is better, ½ where both are equal. */
export function winsOf(first: readonly number[], second: readonly number[]): number[] {
  return first.map((a, i) => {
    const b = second[i] ?? Number.NaN;
    return b > a ? 1 : b === a ? 0.5 : 0;
  });
}

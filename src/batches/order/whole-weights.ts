import { ConfigError } from '../../base/index.ts';

/** The largest sum of whole weights; the pattern of a mixture is a table of this length. */
const maxSum = 2 ** 20;

/**
 * Small whole numbers in the proportion of the weights: exactly where the weights are decimals of a
 * few digits, such as 0.6 and 0.22 or 60 and 22; else to one part in 2^20.
 *
 * @throws ConfigError when a weight is not a positive number.
 */
export function wholeWeights(weights: readonly number[]): number[] {
  for (const weight of weights) {
    if (weight > 0 && Number.isFinite(weight)) continue;
    throw new ConfigError({ what: 'a weight', must: 'be a positive number', got: String(weight) });
  }
  return exact(weights) ?? nearest(weights);
}

function exact(weights: readonly number[]): number[] | undefined {
  for (let scale = 1; scale <= 1e6; scale *= 10) {
    const scaled = weights.map((weight) => weight * scale);
    const whole = scaled.map(Math.round);
    // A decimal such as 0.07 times its power of ten misses the whole number by some 1e-16 of it.
    if (scaled.some((value, i) => Math.abs(value - (whole[i] as number)) > 1e-12 * value)) continue;
    const divisor = whole.reduce(greatestCommonDivisor);
    const reduced = whole.map((value) => value / divisor);
    if (sum(reduced) <= maxSum) return reduced;
  }
  return undefined;
}

/** Largest remainders, but nobody gets nothing. */
function nearest(weights: readonly number[]): number[] {
  const total = sum(weights);
  const quotas = weights.map((weight) => (weight / total) * maxSum);
  const whole = quotas.map((quota) => Math.max(1, Math.floor(quota)));
  const byRemainder = [...quotas.keys()].sort(
    (a, b) => ((quotas[b] as number) % 1) - ((quotas[a] as number) % 1),
  );
  for (const source of byRemainder.slice(0, Math.max(0, maxSum - sum(whole)))) {
    whole[source] = (whole[source] as number) + 1;
  }
  return whole;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

import { statisticsOf } from '../text/index.ts';

/** What two texts are compared by: words, and single characters of Chinese; case and signs do not count. */
export function rougeUnits(text: string): Int32Array {
  return statisticsOf(text).scan.hashes;
}

/**
 * ROUGE-L (Lin 2004, equations 2 to 4, with β = 1): the harmonic mean of the shares that the longest
 * common subsequence has of either text.
 *
 * @param least where the answer cannot reach this, it may be 0
 */
export function rougeL(one: Int32Array, other: Int32Array, least = 0): number {
  const numUnits = one.length + other.length;
  const most = Math.min(one.length, other.length);
  if (most === 0 || (2 * most) / numUnits < least) return 0;
  return (2 * longestCommonSubsequence(one, other)) / numUnits;
}

function longestCommonSubsequence(one: Int32Array, other: Int32Array): number {
  // lengths[j]: of what was read of `one`, and the first j of `other`.
  const lengths = new Int32Array(other.length + 1);
  for (const unit of one) {
    let diagonal = 0;
    for (let j = 1; j <= other.length; j++) {
      const above = lengths[j] as number;
      const left = lengths[j - 1] as number;
      lengths[j] = unit === other[j - 1] ? diagonal + 1 : Math.max(above, left);
      diagonal = above;
    }
  }
  return lengths[other.length] as number;
}

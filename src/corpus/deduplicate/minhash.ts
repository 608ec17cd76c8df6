/**
 * MinHash (Broder 1997): the least hash of a set under many permutations. Two sets agree at one
 * permutation with the probability of their Jaccard similarity. Of each least hash one byte is kept, as
 * b-bit minwise hashing does (Li and König 2010, b = 8): sets that share nothing agree in one byte of
 * 256, which `similarityOfMinHashes` takes out again.
 */
import { mix } from '../text/index.ts';

/** Bands and rows of FineWeb and datatrove: 14 × 8. */
export const numBands = 14;
export const rowsPerBand = 8;
export const numPermutations = numBands * rowsPerBand;

/** Writes the MinHash of a set of 32-bit hashes, one byte for each permutation. */
export function writeMinHash(set: Int32Array, out: Uint8Array): void {
  for (let i = 0; i < numPermutations; i++) {
    out[i] = mix(least(set, mix(2 * i + 1) | 1, mix(2 * i + 2)) ^ i) >>> 24;
  }
}

/** The least of `factor · hash + summand` modulo 2^32, a permutation since the factor is odd. */
function least(set: Int32Array, factor: number, summand: number): number {
  let first = 0x7fffffff;
  let second = 0x7fffffff;
  const last = set.length - 1;
  for (let k = 0; k < last; k += 2) {
    const one = (Math.imul(factor, set[k] as number) + summand) | 0;
    const other = (Math.imul(factor, set[k + 1] as number) + summand) | 0;
    if (one < first) first = one;
    if (other < second) second = other;
  }
  const odd = last < 0 ? first : (Math.imul(factor, set[last] as number) + summand) | 0;
  return Math.min(first, second, odd);
}

/** The Jaccard similarity that two MinHashes show: their share of equal bytes, less chance. */
export function similarityOfMinHashes(one: Uint8Array, other: Uint8Array): number {
  let equal = 0;
  for (let i = 0; i < numPermutations; i++) if (one[i] === other[i]) equal++;
  const share = equal / numPermutations;
  return Math.max(0, (share - chance) / (1 - chance));
}

const chance = 1 / 256;

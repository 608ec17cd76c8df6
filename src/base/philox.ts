/**
 * Philox4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy as
 * 1, 2, 3" (2011): four 32-bit random words, written to `out`, from a counter of four words and a
 * key of two. Arguments are taken modulo 2^32, fractions dropped: before the first round, or the
 * compiler would keep them as doubles in all ten.
 */
export function philox4x32(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  c0 |= 0;
  c1 |= 0;
  c2 |= 0;
  c3 |= 0;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ key0;
    c1 = low1;
    c2 = high0 ^ c3 ^ key1;
    c3 = low0;
    key0 = (key0 + 0x9e3779b9) | 0;
    key1 = (key1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Two random words as a number in [0, 1) with 53 random bits. */
export function toUnit(word0: number, word1: number): number {
  return ((word0 >>> 5) * 2 ** 26 + (word1 >>> 6)) / 2 ** 53;
}

/**
 * The upper 32 bits of a 64-bit product, from products of halves; no sum of them passes 2^32. In
 * 32-bit integers throughout: exact doubles measured a third slower.
 */
function multiplyHigh(a: number, b: number): number {
  const lowA = a & 0xffff;
  const highA = a >>> 16;
  const lowB = b & 0xffff;
  const highB = b >>> 16;
  const middle = (Math.imul(highA, lowB) + (Math.imul(lowA, lowB) >>> 16)) | 0;
  const carry = (Math.imul(lowA, highB) + (middle & 0xffff)) | 0;
  return (Math.imul(highA, highB) + (middle >>> 16) + (carry >>> 16)) | 0;
}

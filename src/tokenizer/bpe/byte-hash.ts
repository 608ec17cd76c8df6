/**
 * A 32-bit hash of `bytes[start, end)`, for tables inside one process: FNV-1a, then a final mix,
 * since open addressing takes the low bits and FNV leaves them weak.
 */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** Whether `length` bytes are equal from the two starts on. */
export function equalBytes(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) if (a[aStart + i] !== b[bStart + i]) return false;
  return true;
}

/** The power of two that keeps a table of `numEntries` at most half full. */
export function tableSize(numEntries: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(numEntries, 8) * 2));
}

/**
 * `'(?:[sdmt]|ll|ve|re)`, behind the apostrophe at `start`: the length of the contraction in bytes,
 * 0 when there is none. With `ignoreCase` capitals count, and so does U+017F, the long s, which
 * Unicode folds to s.
 */
export function contractionLength(
  ignoreCase: boolean,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const left = end - start - 1;
  if (left < 1) return 0;
  const fold = ignoreCase ? 0x20 : 0;
  const first = (bytes[start + 1] as number) | fold;
  if (first === 0x73 || first === 0x64 || first === 0x6d || first === 0x74) return 2;
  if (left < 2) return 0;
  const second = bytes[start + 2] as number;
  if (ignoreCase && bytes[start + 1] === 0xc5 && second === 0xbf) return 3;
  const pair = (first << 8) | second | fold;
  return pair === 0x6c6c || pair === 0x7665 || pair === 0x7265 ? 3 : 0;
}

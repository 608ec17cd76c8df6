import { characterAt, spaceBit } from './character-classes.ts';

/**
 * A place in `bytes[from, to)` where a text can be cut in two that split, each by itself, into the
 * same pieces as the whole, with every splitter; -1 when there is none. Needs four bytes of text on
 * either side.
 *
 * Such places are before a space that follows a visible ASCII character, since no piece goes from
 * one to the other, and behind a line feed that is all the whitespace between two characters, since
 * a line feed ends every piece it is in unless more whitespace follows.
 */
export function safeCut(bytes: Uint8Array, from: number, to: number): number {
  for (let at = Math.max(from, 4); at < Math.min(to, bytes.length - 4); at++) {
    const before = bytes[at - 1] as number;
    if (bytes[at] === 0x20 && before > 0x20 && before < 0x7f) return at;
    if (before === 0x0a && !isSpaceBefore(bytes, at - 1) && !isSpaceAt(bytes, at)) return at;
  }
  return -1;
}

function isSpaceAt(bytes: Uint8Array, at: number): boolean {
  return ((characterAt(bytes, at, bytes.length) >> 3) & spaceBit) !== 0;
}

/** Whether a whitespace character ends at `end`. */
function isSpaceBefore(bytes: Uint8Array, end: number): boolean {
  for (let length = 1; length <= 3; length++) {
    const character = characterAt(bytes, end - length, end);
    if ((character & 7) === length && ((character >> 3) & spaceBit) !== 0) return true;
  }
  return false;
}

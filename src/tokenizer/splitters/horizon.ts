/** How far a text that arrives in parts can be split before the next part is there. */
import { characterAt, characterClasses, spaceBit } from './character-classes.ts';

/** No splitter looks further than this behind the start of a piece before it takes a run. */
const lookaheadBytes = 4;

export interface Horizon {
  /** Give this as the end of the text: a UTF-8 sequence that is still incomplete lies behind it. */
  end: number;
  /** Pieces that end at or before this are final; what follows may yet join the later ones. */
  horizon: number;
}

/**
 * Final pieces of the unfinished text `bytes[start, end)`: a piece is final when the run that it was
 * cut from was seen to end, and a run of whitespace at the end of the text was not.
 */
export function horizonOf(bytes: Uint8Array, start: number, end: number): Horizon {
  const whole = end - incompleteTail(bytes, start, end);
  const { ascii } = characterClasses();
  let tail = whole;
  for (;;) {
    // The quick way through long runs of ASCII; the general one is below.
    while (tail > start && ((ascii[bytes[tail - 1] as number] as number) & spaceBit) !== 0) tail--;
    const before = characterBefore(bytes, start, tail);
    if (before === tail || ((characterAt(bytes, before, tail) >> 3) & spaceBit) === 0) break;
    tail = before;
  }
  return { end: whole, horizon: Math.min(tail, whole - lookaheadBytes) };
}

/** Length of the UTF-8 sequence at the end of the bytes that more bytes could complete, or 0. */
export function incompleteTail(bytes: Uint8Array, start: number, end: number): number {
  for (let length = 1; length <= 3 && end - length >= start; length++) {
    const byte = bytes[end - length] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc2) {
      const expected = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return byte <= 0xf4 && length < expected ? length : 0;
    }
  }
  return 0;
}

/** Where the character that ends at `end` starts; `end` itself at the start of the text. */
export function characterBefore(bytes: Uint8Array, start: number, end: number): number {
  for (let length = 1; length <= 4 && end - length >= start; length++) {
    const at = end - length;
    if (((bytes[at] as number) & 0xc0) !== 0x80) {
      return (characterAt(bytes, at, end) & 7) === length ? at : end - 1;
    }
  }
  return end > start ? end - 1 : end;
}

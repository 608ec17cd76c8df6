/**
 * Scanning for the splitters. All of them read UTF-8 bytes and return positions in bytes; `end` is
 * where the text ends.
 *
 * A piece opens with a few bytes that decide what it is, and goes on with a run, as far as that
 * reaches. Splitters say the opening only, so that a run can be scanned at once or bit by bit.
 */
import {
  characterAt,
  characterClasses,
  hanBit,
  letterBit,
  longCharacterAt,
  markBit,
  notAsciiBit,
  numberBit,
  spaceBit,
} from './character-classes.ts';

/** What a piece goes on with; `nothing` when its opening is all of it. */
export const runs = {
  nothing: 0,
  /** `\p{L}*` */
  letters: 1,
  /** `\p{N}*` */
  numbers: 2,
  /** `\p{Han}*` */
  han: 3,
  /** `(?:(?!\p{Han})[\p{L}\p{M}])*` */
  word: 4,
  /** `[^\s\p{L}\p{N}]*` */
  symbols: 5,
  /** The same, then newlines. */
  symbolLine: 6,
  /** `[^\s\p{L}\p{N}\p{M}\p{Han}]*[\r\n]*` */
  bareSymbolLine: 7,
  /** `[\r\n]*` */
  newlines: 8,
  /** `\s*`; where it is cut is for the splitter's `WhitespaceRule`. */
  whitespace: 9,
} as const;

export type Run = (typeof runs)[keyof typeof runs];

/** An opening, packed into a small number: 16 × the run + the length in bytes, 15 at most. */
export function opening(run: Run, length: number): number {
  return (run << 4) | length;
}

/** The class of what ends `symbols` and `symbolLine`. */
export const wordOrSpace = letterBit | numberBit | spaceBit;
/** The class of what ends `bareSymbolLine`. */
export const wordMarkOrSpace = wordOrSpace | markBit | hanBit;

/** The first position from `at` on that does not belong to the run. */
export function skipRun(run: number, bytes: Uint8Array, at: number, end: number): number {
  switch (run) {
    case runs.letters:
      return skipWith(letterBit, bytes, at, end);
    case runs.numbers:
      return skipWith(numberBit, bytes, at, end);
    case runs.han:
      return skipWith(hanBit, bytes, at, end);
    case runs.word:
      return skipWord(bytes, at, end);
    case runs.symbols:
      return skipWithout(wordOrSpace, bytes, at, end);
    case runs.symbolLine:
      return skipNewlines(bytes, skipWithout(wordOrSpace, bytes, at, end), end);
    case runs.bareSymbolLine:
      return skipNewlines(bytes, skipWithout(wordMarkOrSpace, bytes, at, end), end);
    case runs.newlines:
      return skipNewlines(bytes, at, end);
    case runs.whitespace:
      return skipWith(spaceBit, bytes, at, end);
    default:
      return at;
  }
}

/** As `skipRun` for letters, which most pieces go on with. */
export function skipLetters(bytes: Uint8Array, at: number, end: number): number {
  return skipWith(letterBit, bytes, at, end);
}

/** The first position from `at` on whose character has none of the bits. */
function skipWith(bits: number, bytes: Uint8Array, at: number, end: number): number {
  const { ascii } = characterClasses();
  for (;;) {
    while (at < end && ((ascii[bytes[at] as number] as number) & bits) !== 0) at++;
    if (at >= end || (bytes[at] as number) < 0x80) return at;
    const character = longCharacterAt(bytes, at, end);
    if (((character >> 3) & bits) === 0) return at;
    at += character & 7;
  }
}

/** The first position from `at` on whose character has one of the bits. */
function skipWithout(bits: number, bytes: Uint8Array, at: number, end: number): number {
  const { ascii } = characterClasses();
  const stop = bits | notAsciiBit;
  for (;;) {
    while (at < end && ((ascii[bytes[at] as number] as number) & stop) === 0) at++;
    if (at >= end || (bytes[at] as number) < 0x80) return at;
    const character = longCharacterAt(bytes, at, end);
    if (((character >> 3) & bits) !== 0) return at;
    at += character & 7;
  }
}

/** Letters and marks outside Han; Han carries `letter` too, so it must end the run. */
function skipWord(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const character = characterAt(bytes, at, end);
    const bits = character >> 3;
    if ((bits & (letterBit | markBit)) === 0 || (bits & hanBit) !== 0) break;
    at += character & 7;
  }
  return at;
}

function skipNewlines(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === 0x0a || bytes[at] === 0x0d)) at++;
  return at;
}

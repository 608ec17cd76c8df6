/**
 * Scanning for the splitters. All of them read UTF-8 bytes and return positions in bytes; `end` is
 * where the text ends.
 */
import {
  characterAt,
  characterClasses,
  letterBit,
  newlineBit,
  notAsciiBit,
  numberBit,
  spaceBit,
} from './character-classes.ts';

/** The first position from `at` on whose character has none of the bits. */
export function skipWith(bits: number, bytes: Uint8Array, at: number, end: number): number {
  const { ascii } = characterClasses();
  for (;;) {
    while (at < end && ((ascii[bytes[at] as number] as number) & bits) !== 0) at++;
    if (at >= end || (bytes[at] as number) < 0x80) return at;
    const character = characterAt(bytes, at, end);
    if (((character >> 3) & bits) === 0) return at;
    at += character & 7;
  }
}

/** The first position from `at` on whose character has one of the bits. */
export function skipWithout(bits: number, bytes: Uint8Array, at: number, end: number): number {
  const { ascii } = characterClasses();
  const stop = bits | notAsciiBit;
  for (;;) {
    while (at < end && ((ascii[bytes[at] as number] as number) & stop) === 0) at++;
    if (at >= end || (bytes[at] as number) < 0x80) return at;
    const character = characterAt(bytes, at, end);
    if (((character >> 3) & bits) !== 0) return at;
    at += character & 7;
  }
}

/** `[\r\n]*`: the first position from `at` on that is no newline. */
export function skipNewlines(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] === 0x0a || bytes[at] === 0x0d)) at++;
  return at;
}

/**
 * Where the whitespace that starts at `start` is cut, in the way that all splitters share: the last
 * character of a run is left for the word that follows.
 */
export interface WhitespaceRule {
  /** A run that has a newline ends behind its last newline (`\s*[\r\n]`). */
  cutsAtNewline: boolean;
  /** A run that ends the text is one piece, newlines or not (`\s+$`), before the rule above. */
  keepsFinalRun: boolean;
}

/** The end of the piece that starts with the whitespace character at `start`. */
export function whitespaceEnd(
  rule: WhitespaceRule,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const { ascii } = characterClasses();
  let at = start;
  let lastStart = start;
  let afterNewline = 0;
  while (at < end) {
    // Spaces and tabs need no decoding and are most of all whitespace.
    if ((ascii[bytes[at] as number] as number) === spaceBit) {
      lastStart = at++;
      continue;
    }
    const character = characterAt(bytes, at, end);
    if (((character >> 3) & spaceBit) === 0) break;
    lastStart = at;
    at += character & 7;
    if (((character >> 3) & newlineBit) !== 0) afterNewline = at;
  }
  if (at === end && rule.keepsFinalRun) return at;
  if (rule.cutsAtNewline && afterNewline > 0) return afterNewline;
  if (at === end || lastStart === start) return at;
  return lastStart;
}

/**
 * `'(?:[sdmt]|ll|ve|re)`, behind the apostrophe at `start`: the end of the contraction, or `start`
 * when there is none. With `ignoreCase` capitals count, and so does U+017F, the long s, which
 * Unicode folds to s.
 */
export function contractionEnd(
  ignoreCase: boolean,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const left = end - start - 1;
  if (left < 1) return start;
  const fold = ignoreCase ? 0x20 : 0;
  const first = (bytes[start + 1] as number) | fold;
  if (first === 0x73 || first === 0x64 || first === 0x6d || first === 0x74) return start + 2;
  if (left < 2) return start;
  const second = bytes[start + 2] as number;
  if (ignoreCase && bytes[start + 1] === 0xc5 && second === 0xbf) return start + 3;
  const pair = (first << 8) | second | fold;
  return pair === 0x6c6c || pair === 0x7665 || pair === 0x7265 ? start + 3 : start;
}

/** Neither letter, number nor whitespace: `[^\s\p{L}\p{N}]` is what `skipWithout` passes over. */
export const wordOrSpace = letterBit | numberBit | spaceBit;

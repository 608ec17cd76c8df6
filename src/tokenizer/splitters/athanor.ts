import {
  characterAt,
  hanBit,
  letterBit,
  markBit,
  newlineBit,
  numberBit,
  spaceBit,
} from './character-classes.ts';
import { contractionEnd, skipNewlines, skipWith, skipWithout, whitespaceEnd } from './runs.ts';

const whitespaceRule = { cutsAtNewline: true, keepsFinalRun: false };
const wordBits = letterBit | markBit;
const notSymbol = letterBit | numberBit | spaceBit | markBit | hanBit;

/**
 * Our own pre-token that starts at `start`, for Chinese beside English and code:
 *
 *     \p{Han}+|'(?i:[sdmt]|ll|ve|re)|[\t !-/:-@\[-`{-~]?(?:(?!\p{Han})[\p{L}\p{M}])+
 *     |(?!\p{Han})\p{N}| ?[^\s\p{L}\p{N}\p{M}\p{Han}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * It departs from GPT-4's in four places. Han characters stand alone: GPT-4 glues 「，我」 and
 * 「a中」 together, and the vocabulary fills with such pairs. Only ASCII may lead a word, so Chinese
 * punctuation stays itself. Combining marks belong to their word. Every digit is a token, because a
 * small model learns sums best when a digit always looks the same.
 *
 * @returns the position behind it, in bytes.
 */
export function athanorPieceEnd(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x27) {
    const behind = contractionEnd(true, bytes, start, end);
    if (behind > start) return behind;
  }
  const first = characterAt(bytes, start, end);
  const bits = first >> 3;
  const behind = start + (first & 7);
  if ((bits & hanBit) !== 0) return skipWith(hanBit, bytes, behind, end);
  if ((bits & wordBits) !== 0) return wordEnd(bytes, behind, end);
  if ((bits & numberBit) !== 0) return behind;
  const nextBits = behind < end ? characterAt(bytes, behind, end) >> 3 : spaceBit;
  const startsWord = (nextBits & wordBits) !== 0 && (nextBits & hanBit) === 0;
  if (startsWord && mayLeadWord(bytes[start] as number, bits)) return wordEnd(bytes, behind, end);
  const opensSymbols = bytes[start] === 0x20 && (nextBits & notSymbol) === 0;
  if ((bits & spaceBit) === 0 || opensSymbols) {
    return skipNewlines(bytes, skipWithout(notSymbol, bytes, behind, end), end);
  }
  return whitespaceEnd(whitespaceRule, bytes, start, end);
}

/** `[\t !-/:-@\[-`{-~]`: a tab, a space or a printable ASCII character that is no letter or digit. */
function mayLeadWord(byte: number, bits: number): boolean {
  return byte === 0x09 || (byte >= 0x20 && byte < 0x7f && (bits & newlineBit) === 0);
}

/** Letters and marks outside Han; Han carries `letter` too, so it must end the run. */
function wordEnd(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const character = characterAt(bytes, at, end);
    const bits = character >> 3;
    if ((bits & wordBits) === 0 || (bits & hanBit) !== 0) break;
    at += character & 7;
  }
  return at;
}

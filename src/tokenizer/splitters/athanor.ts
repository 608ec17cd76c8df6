import {
  characterAt,
  hanBit,
  letterBit,
  markBit,
  newlineBit,
  numberBit,
  spaceBit,
} from './character-classes.ts';
import { contractionLength } from './contraction.ts';
import { endOfOpened, type PieceRules } from './piece-end.ts';
import { opening, runs, wordMarkOrSpace } from './runs.ts';

const wordBits = letterBit | markBit;
const whitespace = { cutsAtNewline: true, keepsFinalRun: false };

export const athanorRules: PieceRules = {
  whitespace,
  opening: athanorOpening,
  pieceEnd: (bytes, start, end) =>
    endOfOpened(athanorOpening(bytes, start, end), whitespace, bytes, start, end),
};

/**
 * How our own pre-token opens that starts at `start`, for Chinese beside English and code:
 *
 *     \p{Han}+|'(?i:[sdmt]|ll|ve|re)|[\t !-/:-@\[-`{-~]?(?:(?!\p{Han})[\p{L}\p{M}])+
 *     |(?!\p{Han})\p{N}| ?[^\s\p{L}\p{N}\p{M}\p{Han}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
 *
 * It departs from GPT-4's in four places. Han characters stand alone: GPT-4 glues 「，我」 and
 * 「a中」 together, and the vocabulary fills with such pairs. Only ASCII may lead a word, so Chinese
 * punctuation stays itself. Combining marks belong to their word. Every digit is a token, because a
 * small model learns sums best when a digit always looks the same.
 */
function athanorOpening(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x27) {
    const length = contractionLength(true, bytes, start, end);
    if (length > 0) return opening(runs.nothing, length);
  }
  const first = characterAt(bytes, start, end);
  const bits = first >> 3;
  const length = first & 7;
  if ((bits & hanBit) !== 0) return opening(runs.han, length);
  if ((bits & wordBits) !== 0) return opening(runs.word, length);
  if ((bits & numberBit) !== 0) return opening(runs.nothing, length);
  const behind = start + length;
  const nextBits = behind < end ? characterAt(bytes, behind, end) >> 3 : spaceBit;
  const startsWord = (nextBits & wordBits) !== 0 && (nextBits & hanBit) === 0;
  if (startsWord && mayLeadWord(bytes[start] as number, bits)) return opening(runs.word, length);
  const opensSymbols = bytes[start] === 0x20 && (nextBits & wordMarkOrSpace) === 0;
  if ((bits & spaceBit) === 0 || opensSymbols) return opening(runs.bareSymbolLine, length);
  return opening(runs.whitespace, 0);
}

/** `[\t !-/:-@\[-`{-~]`: a tab, a space or a printable ASCII character that is no letter or digit. */
function mayLeadWord(byte: number, bits: number): boolean {
  return byte === 0x09 || (byte >= 0x20 && byte < 0x7f && (bits & newlineBit) === 0);
}

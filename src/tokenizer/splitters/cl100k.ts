import { characterAt, letterBit, newlineBit, numberBit, spaceBit } from './character-classes.ts';
import {
  contractionEnd,
  skipNewlines,
  skipWith,
  skipWithout,
  type WhitespaceRule,
  whitespaceEnd,
  wordOrSpace,
} from './runs.ts';

/** What differs between the splitters that descend from GPT-4's. */
export interface Cl100kRule extends WhitespaceRule {
  /** Digits per piece at most: 3 in GPT-4 and Llama 3, 1 in Qwen 2. */
  maxDigits: number;
}

/**
 * The pre-token of GPT-4 (`cl100k_base` of tiktoken) that starts at `start`:
 *
 *     '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+
 *     | ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s
 *
 * @returns the position behind it, in bytes.
 */
export function cl100kPieceEnd(
  rule: Cl100kRule,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  if (bytes[start] === 0x27) {
    const behind = contractionEnd(true, bytes, start, end);
    if (behind > start) return behind;
  }
  const first = characterAt(bytes, start, end);
  const bits = first >> 3;
  const behind = start + (first & 7);
  if ((bits & letterBit) !== 0) return skipWith(letterBit, bytes, behind, end);
  if ((bits & numberBit) !== 0) return digitsEnd(rule.maxDigits, bytes, start, end);
  const nextBits = behind < end ? characterAt(bytes, behind, end) >> 3 : spaceBit;
  if ((bits & newlineBit) === 0 && (nextBits & letterBit) !== 0) {
    return skipWith(letterBit, bytes, behind, end);
  }
  const opensSymbols = bytes[start] === 0x20 && (nextBits & wordOrSpace) === 0;
  if ((bits & spaceBit) === 0 || opensSymbols) {
    return skipNewlines(bytes, skipWithout(wordOrSpace, bytes, behind, end), end);
  }
  return whitespaceEnd(rule, bytes, start, end);
}

function digitsEnd(maxDigits: number, bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let digit = 0; digit < maxDigits && at < end; digit++) {
    const character = characterAt(bytes, at, end);
    if (((character >> 3) & numberBit) === 0) break;
    at += character & 7;
  }
  return at;
}

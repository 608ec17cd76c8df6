import { characterAt, letterBit, newlineBit, numberBit, spaceBit } from './character-classes.ts';
import { contractionLength } from './contraction.ts';
import { endOfOpened, type PieceRules } from './piece-end.ts';
import { opening, runs, wordOrSpace } from './runs.ts';

/**
 * The splitters that descend from GPT-4's.
 *
 * @param maxDigits digits per piece at most: 3 in GPT-4 and Llama 3, 1 in Qwen 2.
 */
export function cl100kRules(maxDigits: number, keepsFinalRun: boolean): PieceRules {
  const whitespace = { cutsAtNewline: true, keepsFinalRun };
  return {
    whitespace,
    opening: (bytes, start, end) => cl100kOpening(maxDigits, bytes, start, end),
    pieceEnd: (bytes, start, end) =>
      endOfOpened(cl100kOpening(maxDigits, bytes, start, end), whitespace, bytes, start, end),
  };
}

/**
 * How the pre-token of GPT-4 (`cl100k_base` of tiktoken) opens that starts at `start`:
 *
 *     '(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+
 *     | ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s
 */
function cl100kOpening(maxDigits: number, bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x27) {
    const length = contractionLength(true, bytes, start, end);
    if (length > 0) return opening(runs.nothing, length);
  }
  const first = characterAt(bytes, start, end);
  const bits = first >> 3;
  const length = first & 7;
  if ((bits & letterBit) !== 0) return opening(runs.letters, length);
  if ((bits & numberBit) !== 0) {
    return opening(runs.nothing, digitsEnd(maxDigits, bytes, start, end) - start);
  }
  const behind = start + length;
  const nextBits = behind < end ? characterAt(bytes, behind, end) >> 3 : spaceBit;
  if ((bits & newlineBit) === 0 && (nextBits & letterBit) !== 0) {
    return opening(runs.letters, length);
  }
  const opensSymbols = bytes[start] === 0x20 && (nextBits & wordOrSpace) === 0;
  if ((bits & spaceBit) === 0 || opensSymbols) return opening(runs.symbolLine, length);
  return opening(runs.whitespace, 0);
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

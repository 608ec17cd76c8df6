import { characterAt, letterBit, numberBit, spaceBit } from './character-classes.ts';
import { contractionLength } from './contraction.ts';
import { endOfOpened, type PieceRules } from './piece-end.ts';
import { opening, runs } from './runs.ts';

const whitespace = { cutsAtNewline: false, keepsFinalRun: false };

export const gpt2Rules: PieceRules = {
  whitespace,
  opening: gpt2Opening,
  pieceEnd: (bytes, start, end) =>
    endOfOpened(gpt2Opening(bytes, start, end), whitespace, bytes, start, end),
};

/**
 * How the pre-token of GPT-2 opens that starts at `start` (Radford et al. 2019, `encoder.py`):
 *
 *     '(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 */
function gpt2Opening(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (bytes[start] === 0x27) {
    const length = contractionLength(false, bytes, start, end);
    if (length > 0) return opening(runs.nothing, length);
  } else if (bytes[start] === 0x20 && start + 1 < end) {
    at = start + 1;
  }
  const character = characterAt(bytes, at, end);
  const bits = character >> 3;
  const length = at - start + (character & 7);
  if ((bits & letterBit) !== 0) return opening(runs.letters, length);
  if ((bits & numberBit) !== 0) return opening(runs.numbers, length);
  if ((bits & spaceBit) === 0) return opening(runs.symbols, length);
  return opening(runs.whitespace, 0);
}

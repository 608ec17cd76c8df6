import { characterAt, letterBit, numberBit, spaceBit } from './character-classes.ts';
import { contractionEnd, skipWith, skipWithout, whitespaceEnd, wordOrSpace } from './runs.ts';

const whitespaceRule = { cutsAtNewline: false, keepsFinalRun: false };

/**
 * The pre-token of GPT-2 that starts at `start` (Radford et al. 2019, `encoder.py`):
 *
 *     '(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 *
 * @returns the position behind it, in bytes.
 */
export function gpt2PieceEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  if (bytes[start] === 0x27) {
    const behind = contractionEnd(false, bytes, start, end);
    if (behind > start) return behind;
  } else if (bytes[start] === 0x20 && start + 1 < end) {
    at = start + 1;
  }
  const character = characterAt(bytes, at, end);
  const bits = character >> 3;
  const behind = at + (character & 7);
  if ((bits & letterBit) !== 0) return skipWith(letterBit, bytes, behind, end);
  if ((bits & numberBit) !== 0) return skipWith(numberBit, bytes, behind, end);
  if ((bits & spaceBit) === 0) return skipWithout(wordOrSpace, bytes, behind, end);
  return whitespaceEnd(whitespaceRule, bytes, start, end);
}

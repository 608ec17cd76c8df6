/** Hashes of words, and of hashes: 32 bits each, as signed integers, which V8 keeps out of the heap. */
import { characterTable } from './characters.ts';

/** Mixes all bits into all bits (the finalizer of MurmurHash3, Appleby 2008). */
export function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The hash of `text[start, end)` without regard to case: the hash that units of a text have. */
export function hashWord(text: string, start = 0, end = text.length): number {
  const { lower } = characterTable();
  let hash = wordSeed;
  for (let at = start; at < end; at++) {
    hash = Math.imul(hash ^ (lower[text.charCodeAt(at)] as number), wordFactor);
    hash ^= hash >>> 15;
  }
  return mix(hash);
}

/** With `wordFactor`, the hash of a word while its characters are read. */
export const wordSeed = 0x3c6ef372;
export const wordFactor = 0x5bd1e995;

/** The hash of a sequence from the hash of its beginning and that of the next element. */
export function append(hash: number, next: number): number {
  return (Math.imul(hash, sequenceFactor) + next) | 0;
}

/** Odd, so that `append` loses nothing. */
const sequenceFactor = 0x2545f491;

/** 64 bits of a sequence of units. */
export function hashOfUnits(units: Int32Array): [high: number, low: number] {
  let [high, low] = [units.length, 0];
  for (let at = 0; at < units.length; at++) {
    high = mix(append(high, units[at] as number));
    low = (mix(low ^ (units[at] as number)) + at) | 0;
  }
  return [high, mix(low)];
}

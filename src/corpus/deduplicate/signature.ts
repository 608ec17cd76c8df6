/**
 * What de-duplication knows of a document, in 128 bytes. Signatures lie one after the other in files,
 * so a version of a corpus can be compared with the next without its texts.
 */
import { createHash } from 'node:crypto';
import type { Document } from '../document.ts';
import { append, hashOfUnits, mix, statisticsOf } from '../text/index.ts';
import { numPermutations, writeMinHash } from './minhash.ts';

/**
 * 8 bytes of the hash of the content, 8 bytes of the hash of the id, 112 bytes of MinHash. Compared byte by
 * byte, the first 16 are the order in which survivors are chosen.
 */
export const signatureBytes = 16 + numPermutations;
export const minHashStart = 16;

/** Length of the grams, in units: words, and characters of Chinese. */
export const gramLength = 5;

/**
 * The signature of a document, a pure function of its text, kind and id. Two texts have equal content when
 * their units are equal, so spaces, case and punctuation do not count; in code they do.
 */
export function signatureOf(document: Document): Uint8Array {
  const signature = new Uint8Array(signatureBytes);
  const { hashes } = statisticsOf(document.text).scan;
  const isWords = document.kind !== 'code' && hashes.length > 0;
  const [high, low] = isWords ? hashOfUnits(hashes) : hashOfCharacters(document.text);
  const view = new DataView(signature.buffer);
  view.setUint32(0, high >>> 0);
  view.setUint32(4, low >>> 0);
  signature.set(createHash('sha256').update(document.id).digest().subarray(0, 8), 8);
  const set = hashes.length > 0 ? gramsOf(hashes) : Int32Array.of(high);
  writeMinHash(set, signature.subarray(minHashStart));
  return signature;
}

/** The hashes of the grams of a text; one of fewer units than a gram has one gram. */
export function gramsOf(units: Int32Array, length = gramLength): Int32Array {
  const numGrams = Math.max(1, units.length - length + 1);
  const grams = new Int32Array(numGrams);
  for (let start = 0; start < numGrams; start++) {
    const end = Math.min(start + length, units.length);
    let hash = 0;
    for (let at = start; at < end; at++) hash = append(hash, units[at] as number);
    grams[start] = mix(hash);
  }
  return grams;
}

/** A run of spaces counts as one, and as none at the end of a line. */
function hashOfCharacters(text: string): [high: number, low: number] {
  const digest = createHash('sha256')
    .update(
      text
        .replace(/[^\S\n]+/g, ' ')
        .replace(/ ?\n\s*/g, '\n')
        .trim(),
    )
    .digest();
  return [digest.readInt32BE(0), digest.readInt32BE(4)];
}

/**
 * What texts may say and what is kept for evaluation. The rule looks at the item alone, never at a
 * seed or a position, so no text of any world can hold an item that is held out.
 */

export type Split = 'train' | 'held-out';

/** A 32-bit hash of a text, the same on every machine (FNV-1a, then the finaliser of MurmurHash3). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One of `numClasses` classes, chosen by the hash of the key. */
export function classOf(key: string, numClasses: number): number {
  return hashText(key) % numClasses;
}

/** Holds out one key of every `oneIn`. */
export function splitOf(key: string, oneIn: number): Split {
  return classOf(key, oneIn) === 0 ? 'held-out' : 'train';
}

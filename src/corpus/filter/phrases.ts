import { append, mix, statisticsOf, TextStatistics } from '../text/index.ts';

/** Finds any of many phrases in a text in one pass over its units: case and punctuation do not count. */
export class PhraseFinder {
  /** The numbers of units that phrases have, by the first of them. */
  readonly #lengths = new Map<number, number[]>();
  readonly #phrases = new Map<number, string>();

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const { hashes } = new TextStatistics(phrase).scan;
      const [first] = hashes;
      if (first === undefined) continue;
      const lengths = this.#lengths.get(first) ?? [];
      if (!lengths.includes(hashes.length)) lengths.push(hashes.length);
      this.#lengths.set(first, lengths);
      this.#phrases.set(hashOf(hashes, 0, hashes.length), phrase);
    }
  }

  /** How often each phrase occurs in a text; those that do not are left out. */
  find(text: string): Map<string, number> {
    const found = new Map<string, number>();
    const { hashes } = statisticsOf(text).scan;
    for (let at = 0; at < hashes.length; at++) {
      const lengths = this.#lengths.get(hashes[at] as number);
      for (const length of lengths ?? []) {
        const phrase = this.#phrases.get(hashOf(hashes, at, at + length));
        if (phrase !== undefined) found.set(phrase, (found.get(phrase) ?? 0) + 1);
      }
    }
    return found;
  }
}

function hashOf(hashes: Int32Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = append(hash, hashes[at] ?? 0);
  return mix(hash);
}

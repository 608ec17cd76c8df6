/**
 * Decontamination: documents that hold questions on which models will be measured (GPT-3, Brown et al.
 * 2020, appendix C: 13-grams, of short items the whole item down to 8 words).
 */
import type { Filter } from '../document.ts';
import { append, mix, statisticsOf } from '../text/index.ts';

/** Texts of a test set, each an item. */
export interface EvaluationSet {
  readonly name: string;
  readonly texts: Iterable<string>;
}

const gramLength = 13;
const minGramLength = 8;

/** The grams of evaluation sets, in units: words, or characters of Chinese. Case and signs do not count. */
export class EvaluationGrams {
  /** Items too short to be told from anybody's words, which are not looked for. */
  readonly numIgnored: number;
  readonly #sets = new Map<number, string>();
  /** One bit for the first hash of each gram, which answers nearly all questions. */
  readonly #bits = new Uint32Array(2 ** 17);
  readonly #lengths: readonly number[];

  constructor(sets: readonly EvaluationSet[]) {
    const lengths = new Set<number>();
    let numIgnored = 0;
    for (const { name, texts } of sets) {
      for (const text of texts) {
        const { hashes } = statisticsOf(text).scan;
        const length = Math.min(gramLength, hashes.length);
        if (length < minGramLength) {
          numIgnored++;
          continue;
        }
        lengths.add(length);
        for (let at = 0; at + length <= hashes.length; at++) this.#add(hashes, at, length, name);
      }
    }
    this.numIgnored = numIgnored;
    this.#lengths = [...lengths].sort((a, b) => b - a);
  }

  /** The name of a set that a text holds a gram of. */
  findIn(text: string): string | undefined {
    const { hashes } = statisticsOf(text).scan;
    for (const length of this.#lengths) {
      for (let at = 0; at + length <= hashes.length; at++) {
        const first = firstHash(hashes, at, length);
        if (((this.#bits[bitOf(first) >>> 5] as number) & (1 << (bitOf(first) & 31))) === 0)
          continue;
        const name = this.#sets.get(keyOf(first, hashes, at, length));
        if (name !== undefined) return name;
      }
    }
    return undefined;
  }

  #add(hashes: Int32Array, at: number, length: number, name: string): void {
    const first = firstHash(hashes, at, length);
    const bit = bitOf(first);
    this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] as number) | (1 << (bit & 31));
    const key = keyOf(first, hashes, at, length);
    // The first of the sets in the order of their names, so that the order of items does not matter.
    const known = this.#sets.get(key);
    if (known === undefined || name < known) this.#sets.set(key, name);
  }
}

/** Drops documents that hold a gram of an evaluation set. */
export function contaminationFilter(grams: EvaluationGrams): Filter {
  return {
    name: 'contamination',
    judge(document) {
      const value = grams.findIn(document.text);
      if (value === undefined) return { document };
      return { drop: { reason: 'contamination: evaluation set', value, limit: gramLength } };
    },
  };
}

function firstHash(hashes: Int32Array, at: number, length: number): number {
  let hash = length;
  for (let i = at; i < at + length; i++) hash = append(hash, hashes[i] as number);
  return mix(hash);
}

/** 53 bits of a gram, the first hash and a second. */
function keyOf(first: number, hashes: Int32Array, at: number, length: number): number {
  let second = length;
  for (let i = at; i < at + length; i++) second = mix(second ^ (hashes[i] as number));
  return (first >>> 0) * 2 ** 21 + (second >>> 11);
}

function bitOf(hash: number): number {
  return hash >>> 10;
}

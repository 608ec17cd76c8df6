import { characterClass, characterTable } from './characters.ts';
import { mix, wordFactor, wordSeed } from './hash.ts';

/** Where the units of a text are, and what else was seen on the way. */
export interface TextScan {
  /** Of each unit: its place in the text, in code units, and the hash of its lower case. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly hashes: Int32Array;
  /** Code units by class, as in `characterClass`. */
  readonly counts: Uint32Array;
  readonly numCapitals: number;
  /** Stretches between spaces, which are the words of Gopher and C4; and those with a letter. */
  readonly numChunks: number;
  readonly numAlphabeticChunks: number;
}

const { han, unspaced, letter, digit, space, newline } = characterClass;

/** Reads a text once: its units, and how many characters of which class it has. */
export function scan(text: string): TextScan {
  const { classes, lower } = characterTable();
  const units = new UnitList(text.length);
  const tally = new Tally();
  let start = -1;
  let hash = wordSeed;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = classes[code] as number;
    const lowered = lower[code] as number;
    tally.see(kind, lowered !== code);
    if (kind === letter || kind === digit || (start >= 0 && joins(text, at, code, classes))) {
      if (start < 0) start = at;
      hash = Math.imul(hash ^ lowered, wordFactor);
      hash ^= hash >>> 15;
      continue;
    }
    if (start >= 0) units.push(start, at, mix(hash));
    start = -1;
    hash = wordSeed;
    if (kind === han || kind === unspaced) units.push(at, at + 1, singleHash(lowered));
  }
  if (start >= 0) units.push(start, text.length, mix(hash));
  return { ...units.finish(), ...tally.finish() };
}

/** An apostrophe between letters, as in "don't". */
function joins(text: string, at: number, code: number, classes: Uint8Array): boolean {
  if (code !== 0x27 && code !== 0x2019) return false;
  return at + 1 < text.length && classes[text.charCodeAt(at + 1)] === letter;
}

function singleHash(code: number): number {
  const hash = Math.imul(wordSeed ^ code, wordFactor);
  return mix(hash ^ (hash >>> 15));
}

/** Units in typed arrays that grow. */
class UnitList {
  #starts: Int32Array;
  #ends: Int32Array;
  #hashes: Int32Array;
  #length = 0;

  constructor(textLength: number) {
    const capacity = (textLength >> 2) + 16;
    this.#starts = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
    this.#hashes = new Int32Array(capacity);
  }

  push(start: number, end: number, hash: number): void {
    if (this.#length === this.#starts.length) this.#grow();
    this.#starts[this.#length] = start;
    this.#ends[this.#length] = end;
    this.#hashes[this.#length++] = hash;
  }

  finish(): Pick<TextScan, 'starts' | 'ends' | 'hashes'> {
    const used = (list: Int32Array) => list.subarray(0, this.#length);
    return { starts: used(this.#starts), ends: used(this.#ends), hashes: used(this.#hashes) };
  }

  #grow(): void {
    const larger = (list: Int32Array) => {
      const copy = new Int32Array(2 * list.length);
      copy.set(list);
      return copy;
    };
    this.#starts = larger(this.#starts);
    this.#ends = larger(this.#ends);
    this.#hashes = larger(this.#hashes);
  }
}

/** Counts characters and the stretches between spaces. */
class Tally {
  readonly #counts = new Uint32Array(16);
  #numCapitals = 0;
  #numChunks = 0;
  #numAlphabeticChunks = 0;
  #inChunk = false;
  #sawLetter = false;

  see(kind: number, isCapital: boolean): void {
    this.#counts[kind] = (this.#counts[kind] as number) + 1;
    if (isCapital) this.#numCapitals++;
    if (kind === space || kind === newline) {
      this.#inChunk = false;
      this.#sawLetter = false;
      return;
    }
    if (!this.#inChunk) this.#numChunks++;
    this.#inChunk = true;
    const isLetter = kind === letter || kind === han || kind === unspaced;
    if (isLetter && !this.#sawLetter) this.#numAlphabeticChunks++;
    this.#sawLetter ||= isLetter;
  }

  finish(): Pick<TextScan, 'counts' | 'numCapitals' | 'numChunks' | 'numAlphabeticChunks'> {
    return {
      counts: this.#counts,
      numCapitals: this.#numCapitals,
      numChunks: this.#numChunks,
      numAlphabeticChunks: this.#numAlphabeticChunks,
    };
  }
}

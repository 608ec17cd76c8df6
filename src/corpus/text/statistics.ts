/**
 * What filters and signatures ask about a text, found in one pass over it. Its **units** are words, and
 * single characters of Chinese and other languages without spaces: so 5-grams of units are 5-grams of
 * words in English and of characters in Chinese, also in a text that holds both.
 */
import { characterClass } from './characters.ts';
import { type Line, linesOf, paragraphsOf } from './lines.ts';
import { scan, type TextScan } from './scan.ts';

/** The statistics of one text; what is costly is computed when it is first asked for. */
export class TextStatistics {
  readonly text: string;
  #scan: TextScan | undefined;
  #lines: readonly Line[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  get scan(): TextScan {
    this.#scan ??= scan(this.text);
    return this.#scan;
  }

  get numUnits(): number {
    return this.scan.hashes.length;
  }

  /** Characters in units, which are all that are no space, punctuation or symbol. */
  get unitCharacters(): number {
    return this.count('letter') + this.count('digit') + this.count('han') + this.count('unspaced');
  }

  /** The number of characters of a class; of rare ones in two code units, each counts once. */
  count(kind: keyof typeof characterClass): number {
    return this.scan.counts[characterClass[kind]] as number;
  }

  /** The lines that are not blank. */
  get lines(): readonly Line[] {
    this.#lines ??= linesOf(this.text, this.scan.starts);
    return this.#lines;
  }

  /** Paragraphs stand between blank lines. */
  get paragraphs(): readonly { readonly length: number; readonly hash: number }[] {
    return paragraphsOf(this.lines);
  }
}

let latest: TextStatistics | undefined;

/** The statistics of a text; the next filter that asks about the same text gets the same object. */
export function statisticsOf(text: string): TextStatistics {
  if (latest?.text !== text) latest = new TextStatistics(text);
  return latest;
}

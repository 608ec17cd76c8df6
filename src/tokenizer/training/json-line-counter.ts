/** Counts the words in the `text` fields of JSON lines. A bad line is counted by reason, not fatal. */
import { LineSplitter, Rejections, TextLineParser } from '../../base/index.ts';
import type { PieceCounter } from './piece-counter.ts';

export class JsonLineCounter {
  numDocuments = 0;
  readonly #pieces: PieceCounter;
  readonly #lines = new LineSplitter();
  readonly #parser = new TextLineParser();
  readonly #rejections = new Rejections();

  constructor(pieces: PieceCounter) {
    this.#pieces = pieces;
  }

  /** How many lines were left out, by reason. */
  get rejected(): Readonly<Record<string, number>> {
    return this.#rejections.counts;
  }

  push(block: Uint8Array): void {
    for (const { bytes } of this.#lines.push(block)) this.#count(bytes);
  }

  end(): void {
    for (const { bytes } of this.#lines.end()) this.#count(bytes);
  }

  #count(line: Buffer | undefined): void {
    const parsed = this.#parser.parse(line);
    if (parsed === undefined) return;
    if ('rejected' in parsed) this.#rejections.add(parsed.rejected);
    else {
      this.numDocuments++;
      this.#pieces.count(parsed.text);
    }
  }
}

/** Counts the pieces of a text that arrives in blocks. */
import { horizonOf } from '../splitters/horizon.ts';
import type { PieceRules } from '../splitters/piece-end.ts';
import type { WordCounts } from './word-counts.ts';

/** Longer pieces are no words (base64, a file without spaces) and would only cost memory. */
export const maxWordBytes = 2 ** 14;

export class PieceCounter {
  /** Pieces left out because they were longer than `maxWordBytes`. */
  numTooLong = 0;
  readonly #rules: PieceRules;
  readonly #counts: WordCounts;
  #pending = new Uint8Array(0);
  /** The text so far ended inside a piece that is already left out. */
  #insideTooLong = false;

  constructor(rules: PieceRules, counts: WordCounts) {
    this.#rules = rules;
    this.#counts = counts;
  }

  /** Counts a whole text. */
  count(bytes: Uint8Array): void {
    this.#countPieces(bytes, bytes.length, bytes.length);
  }

  /** Takes the next block of a text that goes on. */
  push(block: Uint8Array): void {
    const bytes = this.#pending.length === 0 ? block : Buffer.concat([this.#pending, block]);
    const { end, horizon } = horizonOf(bytes, 0, bytes.length);
    let rest = this.#countPieces(bytes, end, horizon);
    if (bytes.length - rest > 2 * maxWordBytes) {
      if (!this.#insideTooLong) this.numTooLong++;
      this.#insideTooLong = true;
      rest = end;
    }
    this.#pending = Uint8Array.from(bytes.subarray(rest));
  }

  /** Ends the text; the next one may follow. */
  end(): void {
    this.count(this.#pending);
    this.#pending = new Uint8Array(0);
    this.#insideTooLong = false;
  }

  /** Counts the pieces that end up to the horizon; returns where the last one did. */
  #countPieces(bytes: Uint8Array, end: number, horizon: number): number {
    let at = 0;
    while (at < horizon) {
      const stop = this.#rules.pieceEnd(bytes, at, end);
      if (stop > horizon) break;
      if (this.#insideTooLong) this.#insideTooLong = false;
      else if (stop - at <= maxWordBytes) this.#counts.add(bytes, at, stop);
      else this.numTooLong++;
      at = stop;
    }
    return at;
  }
}

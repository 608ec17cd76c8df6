/** From bytes to token ids: split, look each piece up, merge the ones never met. */
import { horizonOf } from '../splitters/horizon.ts';
import type { PieceEnd } from '../splitters/splitter.ts';
import { LongMerge } from './merge-long.ts';
import { maxShortBytes, ShortMerger } from './merge-short.ts';
import type { MergeTable } from './merge-table.ts';
import type { TokenBuffer } from './token-buffer.ts';
import type { Vocabulary } from './vocabulary.ts';
import { WordCache } from './word-cache.ts';

export interface EncoderParts {
  pieceEnd: PieceEnd;
  vocabulary: Vocabulary;
  merges: MergeTable;
  /** A piece that is a token takes it without merging (`ignore_merges`, and always in tiktoken). */
  wholePieces: boolean;
}

/** Steps of merging between two points where the caller may do something else; about 5 ms. */
const stepsPerSlice = 20_000;

export class Encoder {
  readonly #parts: EncoderParts;
  readonly #short: ShortMerger;
  readonly #cache = new WordCache();
  /** Where the piece ends at which `#encodeShortPieces` stopped. */
  #stop = 0;

  constructor(parts: EncoderParts) {
    this.#parts = parts;
    this.#short = new ShortMerger(parts.merges);
  }

  /** Appends the tokens of `bytes[start, end)`. */
  encode(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    let at = start;
    while (at < end) {
      at = this.#encodeShortPieces(bytes, at, end, end, out);
      if (at < end) {
        const stop = this.#stop;
        for (const _ of this.#longPieceSlices(bytes.subarray(at, stop), out));
        at = stop;
      }
    }
  }

  /**
   * Appends the tokens of the pieces of `bytes[0, end)` that no further text can change, in slices
   * of a few milliseconds at each of which it yields.
   *
   * @param isWhole the text ends at `end`, so all of it is encoded.
   * @returns the position behind the last piece that was encoded.
   */
  *slices(
    bytes: Uint8Array,
    end: number,
    isWhole: boolean,
    out: TokenBuffer,
  ): Generator<void, number> {
    const seen = isWhole ? { end, horizon: end } : horizonOf(bytes, 0, end);
    let at = 0;
    while (at < seen.horizon) {
      at = this.#encodeShortPieces(bytes, at, seen.end, seen.horizon, out);
      if (at >= seen.horizon) break;
      const stop = this.#stop;
      if (stop > seen.horizon) break;
      yield* this.#longPieceSlices(bytes.subarray(at, stop), out);
      at = stop;
    }
    return at;
  }

  /** Encodes up to the first piece that is long or ends behind the horizon; returns its start. */
  #encodeShortPieces(
    bytes: Uint8Array,
    at: number,
    end: number,
    horizon: number,
    out: TokenBuffer,
  ): number {
    const { pieceEnd } = this.#parts;
    const cache = this.#cache;
    while (at < horizon) {
      const stop = pieceEnd(bytes, at, end);
      if (stop > horizon || stop - at > maxShortBytes) {
        this.#stop = stop;
        break;
      }
      const slot = cache.lookUp(bytes, at, stop, out);
      if (slot >= 0) {
        const firstToken = out.length;
        this.#encodePiece(bytes, at, stop, out);
        cache.store(slot, bytes, at, stop, out, firstToken);
      }
      at = stop;
    }
    return at;
  }

  #encodePiece(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    const id = this.#parts.wholePieces ? this.#parts.vocabulary.idOf(bytes, start, end) : -1;
    if (id >= 0) out.push(id);
    else this.#short.merge(bytes, start, end, out);
  }

  *#longPieceSlices(piece: Uint8Array, out: TokenBuffer): Generator<void, void> {
    const id = this.#parts.wholePieces ? this.#parts.vocabulary.idOf(piece) : -1;
    if (id >= 0) {
      out.push(id);
      return;
    }
    // Finding the end of the piece has taken time, and so will making room for it.
    yield;
    const merge = new LongMerge(this.#parts.merges, piece);
    while (!merge.run(stepsPerSlice, out)) yield;
  }
}

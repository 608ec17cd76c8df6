/** From bytes to token ids: split, look each piece up, merge the ones never met. */
import { type Horizon, horizonOf, incompleteTail } from '../splitters/horizon.ts';
import { type PieceRules, pieceEndSlices } from '../splitters/piece-end.ts';
import { LongMerge } from './merge-long.ts';
import { maxShortBytes, ShortMerger } from './merge-short.ts';
import type { MergeTable } from './merge-table.ts';
import type { TokenBuffer } from './token-buffer.ts';
import type { Vocabulary } from './vocabulary.ts';
import { WordCache } from './word-cache.ts';

export interface EncoderParts {
  splitter: PieceRules;
  vocabulary: Vocabulary;
  merges: MergeTable;
  /** A piece that is a token takes it without merging (`ignore_merges`, and always in tiktoken). */
  wholePieces: boolean;
}

/** Steps of merging between two points where the caller may do something else; about 2 ms. */
const stepsPerSlice = 8_000;
/** Bytes of short pieces between two such points. */
const windowBytes = 2 ** 14;

export class Encoder {
  readonly #parts: EncoderParts;
  readonly #short: ShortMerger;
  readonly #cache = new WordCache();
  /** The end of the long piece that `#encodeShortPieces` came upon; -1 when it met none. */
  #longPieceEnd = -1;

  constructor(parts: EncoderParts) {
    this.#parts = parts;
    this.#short = new ShortMerger(parts.merges);
  }

  /** Appends the tokens of `bytes[start, end)`. */
  encode(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    let at = start;
    while (at < end) {
      at = this.#encodeShortPieces(bytes, at, { end, horizon: end }, out);
      if (at < end) {
        const stop = this.#longPieceEnd;
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
    const last = isWhole ? end : end - incompleteTail(bytes, 0, end);
    for (let at = 0; ; ) {
      const window = windowOf(bytes, at, last, isWhole);
      const next = this.#encodeShortPieces(bytes, at, window, out);
      // Others may use the encoder while this one waits, so the field is read before any yield.
      let stop = this.#longPieceEnd;
      if (stop < 0 && next === at) {
        if (window.isLast) return at;
        stop = yield* pieceEndSlices(this.#parts.splitter, bytes, at, last, isWhole);
        if (stop < 0) return at;
      }
      at = next;
      if (stop >= 0) {
        yield* this.#longPieceSlices(bytes.subarray(at, stop), out);
        at = stop;
      }
      yield;
    }
  }

  /** Encodes up to the first piece that is long or not final; returns where that starts. */
  #encodeShortPieces(
    bytes: Uint8Array,
    at: number,
    { end, horizon }: Horizon,
    out: TokenBuffer,
  ): number {
    const { splitter } = this.#parts;
    const cache = this.#cache;
    this.#longPieceEnd = -1;
    while (at < horizon) {
      const stop = splitter.pieceEnd(bytes, at, end);
      if (stop > horizon) break;
      if (stop - at > maxShortBytes) {
        this.#longPieceEnd = stop;
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
    const merge = new LongMerge(this.#parts.merges, piece);
    while (!merge.run(stepsPerSlice, out)) yield;
  }
}

/** The next stretch of a text, and how far its pieces are final. */
function windowOf(
  bytes: Uint8Array,
  start: number,
  last: number,
  isWhole: boolean,
): Horizon & { isLast: boolean } {
  const end = Math.min(last, start + windowBytes);
  const isLast = end === last;
  if (isLast && isWhole) return { end, horizon: end, isLast };
  return { ...horizonOf(bytes, start, end), isLast };
}

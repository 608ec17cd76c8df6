/** From bytes to token ids: split, look each piece up, merge the ones never met. */
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

export class Encoder {
  readonly #parts: EncoderParts;
  readonly #short: ShortMerger;
  readonly #cache = new WordCache();

  constructor(parts: EncoderParts) {
    this.#parts = parts;
    this.#short = new ShortMerger(parts.merges);
  }

  /** Appends the tokens of `bytes[start, end)`. */
  encode(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    const { pieceEnd } = this.#parts;
    const cache = this.#cache;
    while (start < end) {
      const stop = pieceEnd(bytes, start, end);
      const slot = cache.lookUp(bytes, start, stop, out);
      if (slot >= 0) {
        const firstToken = out.length;
        this.#encodePiece(bytes, start, stop, out);
        cache.store(slot, bytes, start, stop, out, firstToken);
      }
      start = stop;
    }
  }

  #encodePiece(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    if (end - start > maxShortBytes) {
      const merge = this.startLongPiece(bytes.subarray(start, end), out);
      merge?.run(Number.POSITIVE_INFINITY);
      merge?.emit(out);
      return;
    }
    const id = this.#parts.wholePieces ? this.#parts.vocabulary.idOf(bytes, start, end) : -1;
    if (id >= 0) out.push(id);
    else this.#short.merge(bytes, start, end, out);
  }

  /** Starts on a long piece: its one token is appended, or the merging is returned, not yet run. */
  startLongPiece(piece: Uint8Array, out: TokenBuffer): LongMerge | undefined {
    const id = this.#parts.wholePieces ? this.#parts.vocabulary.idOf(piece) : -1;
    if (id < 0) return new LongMerge(this.#parts.merges, piece);
    out.push(id);
    return undefined;
  }
}

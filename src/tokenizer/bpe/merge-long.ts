/**
 * Byte pair merging of one long pre-token, O(n log n) in its bytes. It works in slices, so that a
 * hostile text of one endless word does not hold up the event loop.
 */
import { ConfigError } from '../../base/index.ts';
import { type MergeTable, noRank } from './merge-table.ts';
import { PairQueue } from './pair-queue.ts';
import { SortedPairs } from './sorted-pairs.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** Longer pre-tokens are refused; 2^28 keeps the queue within the largest array that Node makes. */
export const maxPieceBytes = 2 ** 28;

export class LongMerge {
  readonly #merges: MergeTable;
  readonly #bytes: Uint8Array;
  /**
   * The parts, in place. A part's first cell holds its id. Longer parts hold −length in their
   * second and in their last cell, so both neighbours find its ends; every other cell is negative.
   */
  readonly #cells: Int32Array;
  /** The pairs of bytes, in the order of their ranks. */
  readonly #bytePairs: SortedPairs;
  /** The pairs that merging has made. An entry is stale when another pair stands there by now. */
  readonly #madePairs: PairQueue;
  #numFilled = 0;
  #numEmitted = 0;

  /** @param bytes the whole pre-token; must stay unchanged until the end. */
  constructor(merges: MergeTable, bytes: Uint8Array) {
    if (bytes.length > maxPieceBytes) {
      throw new ConfigError({
        what: 'a piece of text without any word boundary',
        must: `have at most ${maxPieceBytes} bytes`,
        got: `${bytes.length} bytes`,
        hint: 'this is hardly text; leave it out or cut it',
      });
    }
    this.#merges = merges;
    this.#bytes = bytes;
    this.#cells = new Int32Array(bytes.length);
    this.#bytePairs = new SortedPairs(merges, bytes);
    // A merge adds at most two pairs. Memory that is never touched costs nothing.
    this.#madePairs = new PairQueue(2 * bytes.length);
  }

  /** Does about `numSteps` steps of work; returns whether all tokens are in `out`. */
  run(numSteps: number, out: TokenBuffer): boolean {
    let left = this.#bytePairs.sort(this.#fill(numSteps));
    while (left > 0 && this.#mergeBest()) left--;
    for (; left > 0 && this.#numEmitted < this.#cells.length; left--) {
      out.push(this.#cells[this.#numEmitted] as number);
      this.#numEmitted = this.#nextPart(this.#numEmitted);
    }
    return this.#numEmitted === this.#cells.length;
  }

  /** First of all, one part per byte; returns how many steps were left over. */
  #fill(numSteps: number): number {
    const end = Math.min(this.#bytes.length, this.#numFilled + numSteps);
    const left = numSteps - (end - this.#numFilled);
    for (let at = this.#numFilled; at < end; at++) {
      this.#cells[at] = this.#merges.byteIds[this.#bytes[at] as number] as number;
    }
    this.#numFilled = end;
    return left;
  }

  /** Merges the leftmost pair of lowest rank, unless it is stale; false when no pair is left. */
  #mergeBest(): boolean {
    const pairs = this.#madePairs;
    const { position } = this.#bytePairs;
    if (position >= 0) {
      const { rank } = this.#bytePairs;
      if (!pairs.isBefore(rank, position)) {
        this.#bytePairs.take();
        this.#mergePair(rank, position);
        return true;
      }
    }
    if (pairs.isEmpty) return false;
    const { rank, position: start } = pairs;
    pairs.take();
    this.#mergePair(rank, start);
    return true;
  }

  #mergePair(rank: number, start: number): void {
    const cells = this.#cells;
    const id = cells[start] as number;
    if (id < 0) return;
    const middle = this.#nextPart(start);
    if (middle === cells.length) return;
    if (this.#merges.rankOf(id, cells[middle] as number) !== rank) return;
    const end = this.#nextPart(middle);
    const merged = this.#merges.resultOf(rank);
    cells[middle] = -1;
    cells[start + 1] = start - end;
    cells[end - 1] = start - end;
    cells[start] = merged;
    if (end < cells.length) this.#push(merged, cells[end] as number, start);
    if (start === 0) return;
    const before = cells[start - 1] as number;
    const previous = before < 0 ? start + before : start - 1;
    this.#push(cells[previous] as number, merged, previous);
  }

  #nextPart(start: number): number {
    const cell = start + 1 < this.#cells.length ? (this.#cells[start + 1] as number) : 0;
    return cell < 0 ? start - cell : start + 1;
  }

  #push(left: number, right: number, start: number): void {
    const rank = this.#merges.rankOf(left, right);
    if (rank !== noRank) this.#madePairs.push(rank, start);
  }
}

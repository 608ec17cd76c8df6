/**
 * Byte pair merging of one long pre-token with a heap: O(n log n) in its bytes, 4 bytes of memory
 * per byte and 8 to 16 more for the heap. It works in slices, so that a hostile text of one endless
 * word does not hold up the event loop.
 */
import { ConfigError } from '../../base/index.ts';
import { type MergeTable, noRank } from './merge-table.ts';
import type { TokenBuffer } from './token-buffer.ts';

/** Longer pre-tokens are refused; 2^28 keeps a heap within the largest array that Node makes. */
export const maxPieceBytes = 2 ** 28;

/** Heap keys are rank × 2^31 + position, exact in a double for ranks below 2^22. */
const positionRange = 2 ** 31;

export class LongMerge {
  readonly #merges: MergeTable;
  readonly #bytes: Uint8Array;
  /**
   * The parts, in place. A part's first cell holds its id. Longer parts hold −length in their
   * second and in their last cell, so both neighbours find its ends; every other cell is negative.
   */
  readonly #cells: Int32Array;
  readonly #heap: Float64Array;
  #heapSize = 0;
  #numFilled = 0;
  #numUnsifted = -1;

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
    // A merge takes one entry out and puts at most two in: the heap never exceeds two per byte.
    this.#heap = new Float64Array(2 * bytes.length);
  }

  /** Does about `numSteps` steps of work; returns whether the merging is complete. */
  run(numSteps: number): boolean {
    let left = this.#fill(numSteps);
    left = this.#sift(left);
    for (; left > 0 && this.#heapSize > 0; left--) this.#mergeBest();
    return left > 0;
  }

  /** Appends the tokens, after `run` has returned true. */
  emit(out: TokenBuffer): void {
    for (let at = 0; at < this.#cells.length; at = this.#nextPart(at)) {
      out.push(this.#cells[at] as number);
    }
  }

  /** First phase: one part per byte, and an unordered list of the pairs that merge. */
  #fill(numSteps: number): number {
    const bytes = this.#bytes;
    const { byteIds, bytePairRanks } = this.#merges;
    const end = Math.min(bytes.length, this.#numFilled + numSteps);
    for (let at = this.#numFilled; at < end; at++) {
      const byte = bytes[at] as number;
      this.#cells[at] = byteIds[byte] as number;
      if (at + 1 === bytes.length) break;
      const rank = bytePairRanks[(byte << 8) | (bytes[at + 1] as number)] as number;
      if (rank !== noRank) this.#heap[this.#heapSize++] = rank * positionRange + at;
    }
    const left = numSteps - (end - this.#numFilled);
    this.#numFilled = end;
    if (left > 0 && this.#numUnsifted < 0) this.#numUnsifted = this.#heapSize >> 1;
    return left;
  }

  /** Second phase: the list becomes a heap (Floyd). */
  #sift(numSteps: number): number {
    let left = numSteps;
    while (left > 0 && this.#numUnsifted > 0) {
      left--;
      this.#sink(--this.#numUnsifted, this.#heap[this.#numUnsifted] as number);
    }
    return left;
  }

  /** Third phase, one step: merges the leftmost pair of lowest rank, unless its entry is stale. */
  #mergeBest(): void {
    const key = this.#popKey();
    const rank = Math.floor(key / positionRange);
    const start = key - rank * positionRange;
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
    if (rank === noRank) return;
    const heap = this.#heap;
    const key = rank * positionRange + start;
    let at = this.#heapSize++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((heap[parent] as number) <= key) break;
      heap[at] = heap[parent] as number;
      at = parent;
    }
    heap[at] = key;
  }

  #popKey(): number {
    const best = this.#heap[0] as number;
    this.#heapSize--;
    if (this.#heapSize > 0) this.#sink(0, this.#heap[this.#heapSize] as number);
    return best;
  }

  /** Puts `key` at `at` or below it, where it belongs. */
  #sink(at: number, key: number): void {
    const heap = this.#heap;
    const size = this.#heapSize;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (heap[child + 1] as number) < (heap[child] as number)) child++;
      if ((heap[child] as number) >= key) break;
      heap[at] = heap[child] as number;
      at = child;
    }
    heap[at] = key;
  }
}

/**
 * All words of a corpus, cut into symbols, and for each pair of neighbours the list of its places.
 * One merge touches only the places of its pair.
 */
import {
  boundary,
  layOutNodes,
  nextAt,
  noPair,
  pairAt,
  previousAt,
  stride,
} from './chain-nodes.ts';
import { NewPairs } from './new-pairs.ts';
import { PairTable } from './pair-table.ts';
import type { WordCountArrays } from './word-counts.ts';

export class SymbolChain {
  readonly pairs = new PairTable();
  readonly #nodes: Int32Array;
  /** The word of each node. */
  readonly #words: Int32Array;
  readonly #counts: Float64Array;
  /** Bytes per symbol. */
  readonly #lengths: Int32Array;
  readonly #newPairs: NewPairs;

  /**
   * @param idsOfBytes the symbol of each byte, all below 256.
   * @param maxSymbols one more than the largest id that merges will make.
   */
  constructor(words: WordCountArrays, idsOfBytes: Int32Array, maxSymbols: number) {
    const laidOut = layOutNodes(words, idsOfBytes);
    this.#nodes = laidOut.nodes;
    this.#words = laidOut.words;
    this.#counts = words.counts;
    this.#lengths = new Int32Array(maxSymbols).fill(1, 0, 256);
    this.#newPairs = new NewPairs(this.pairs, maxSymbols);
    this.#listBytePairs();
  }

  /**
   * Merges a pair, in every word from left to right, into a new symbol.
   *
   * @returns the number of the first pair that this made; all up to `pairs.size` are new.
   */
  merge(pair: number, merged: number): number {
    const left = this.pairs.left[pair] as number;
    const right = this.pairs.right[pair] as number;
    const firstNew = this.pairs.size;
    this.#newPairs.begin(merged);
    this.#lengths[merged] = (this.#lengths[left] as number) + (this.#lengths[right] as number);
    for (;;) {
      const place = this.pairs.head[pair] as number;
      if (place < 0) break;
      if (left === right) this.#mergeRun(place, left, merged);
      else this.#mergePlace(place, left, right, merged);
    }
    this.pairs.count[pair] = 0;
    return firstNew;
  }

  /** In `aaa` only the left two merge: start where the run of equal symbols starts. */
  #mergeRun(place: number, symbol: number, merged: number): void {
    const length = this.#lengths[symbol] as number;
    let start = place;
    while (this.#cell(start - length) === symbol && this.#before(start) === start - length) {
      start -= length;
    }
    while (this.#cell(start) === symbol && this.#cell(start + length) === symbol) {
      this.#mergePlace(start, symbol, symbol, merged);
      start += 2 * length;
    }
  }

  #mergePlace(place: number, left: number, right: number, merged: number): void {
    const middle = place + (this.#lengths[left] as number);
    const end = middle + (this.#lengths[right] as number);
    const count = this.#counts[this.#words[place] as number] as number;
    this.#unlink(place);
    this.#unlink(middle, count);
    const before = this.#before(place);
    if (before >= 0) this.#unlink(before, count);
    this.#nodes[middle * stride] = -1;
    this.#nodes[(end - 1) * stride] = place - end;
    this.#nodes[place * stride] = merged;
    const next = this.#cell(end);
    if (next !== boundary) this.#link(place, this.#newPairs.withNext(next), count);
    if (before >= 0) this.#link(before, this.#newPairs.withPrevious(this.#cell(before)), count);
  }

  #cell(place: number): number {
    return this.#nodes[place * stride] as number;
  }

  /** The place of the symbol before, or -1 at the start of a word. */
  #before(place: number): number {
    const cell = this.#cell(place - 1);
    if (cell >= 0) return place - 1;
    return cell === boundary ? -1 : place + cell;
  }

  #link(place: number, pair: number, count: number): void {
    const nodes = this.#nodes;
    const head = this.pairs.head[pair] as number;
    nodes[place * stride + pairAt] = pair;
    nodes[place * stride + nextAt] = head;
    nodes[place * stride + previousAt] = -1;
    if (head >= 0) nodes[head * stride + previousAt] = place;
    this.pairs.head[pair] = place;
    this.pairs.count[pair] = (this.pairs.count[pair] as number) + count;
  }

  /** Takes a place out of the list of its pair, when it starts one, and lowers the pair's count. */
  #unlink(place: number, count = 0): void {
    const nodes = this.#nodes;
    const pair = nodes[place * stride + pairAt] as number;
    if (pair === noPair) return;
    const next = nodes[place * stride + nextAt] as number;
    const previous = nodes[place * stride + previousAt] as number;
    nodes[place * stride + pairAt] = noPair;
    if (next >= 0) nodes[next * stride + previousAt] = previous;
    if (previous >= 0) nodes[previous * stride + nextAt] = next;
    else this.pairs.head[pair] = next;
    this.pairs.count[pair] = (this.pairs.count[pair] as number) - count;
  }

  /** From the back, so that lists start at the front and memory is walked in order. */
  #listBytePairs(): void {
    const pairOf = new Int32Array(256 * 256).fill(noPair);
    for (let place = this.#words.length - 1; place >= 0; place--) {
      this.#nodes[place * stride + pairAt] = noPair;
      const left = this.#cell(place);
      const right = place + 1 < this.#words.length ? this.#cell(place + 1) : boundary;
      if (left === boundary || right === boundary) continue;
      let pair = pairOf[left * 256 + right] as number;
      if (pair === noPair) {
        pair = this.pairs.add(left, right);
        pairOf[left * 256 + right] = pair;
      }
      this.#link(place, pair, this.#counts[this.#words[place] as number] as number);
    }
  }
}

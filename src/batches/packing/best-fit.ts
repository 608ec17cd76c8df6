/** Bin packing. */
import type { SeededRandom } from '../../base/index.ts';

/** Which items stand in which row. */
export interface Packing {
  numRows: number;
  /** Where the items of each row start in `items`; one more entry for the end. */
  rowStarts: Uint32Array;
  items: Uint32Array;
}

/**
 * Packs items into rows of a capacity by best fit, the longest first: each goes into the row that it
 * fills most. Never more than 11/9 of the fewest rows possible, and 1 (Johnson 1973, "Near-optimal
 * bin packing algorithms"); with lengths as conversations have them, some thousandths more. Items of
 * one length, and then the rows, are in a random order. How many rows there are depends on the
 * lengths alone.
 *
 * @param lengths of the items, each from 1 to capacity
 */
export function packBestFit(lengths: Uint32Array, capacity: number, random: SeededRandom): Packing {
  const rowOf = new Uint32Array(lengths.length);
  const free = new FreeRows(capacity, lengths.length);
  for (const item of longestFirst(lengths, capacity, random)) {
    rowOf[item] = free.place(lengths[item] as number);
  }
  return collect(rowOf, random.shuffle([...Array(free.numRows).keys()]));
}

/** Every item a row of its own, in a random order. */
export function packAlone(numItems: number, random: SeededRandom): Packing {
  const order = random.shuffle([...Array(numItems).keys()]);
  return collect(
    Uint32Array.from({ length: numItems }, (_, item) => item),
    order,
  );
}

/** Items by length, of equal ones in a random order: a counting sort of shuffled ones. */
function longestFirst(lengths: Uint32Array, capacity: number, random: SeededRandom): Uint32Array {
  const starts = new Uint32Array(capacity + 2);
  for (const length of lengths)
    starts[capacity - length + 1] = (starts[capacity - length + 1] ?? 0) + 1;
  for (let at = 1; at < starts.length; at++)
    starts[at] = (starts[at] as number) + (starts[at - 1] as number);
  const sorted = new Uint32Array(lengths.length);
  for (const item of random.shuffle([...lengths.keys()])) {
    const bucket = capacity - (lengths[item] as number);
    sorted[starts[bucket] as number] = item;
    starts[bucket] = (starts[bucket] as number) + 1;
  }
  return sorted;
}

/** Lists the items of each row; row number `r` of before becomes number `order.indexOf(r)`. */
function collect(rowOf: Uint32Array, order: readonly number[]): Packing {
  const numRows = order.length;
  const newRow = new Uint32Array(numRows);
  for (const [place, row] of order.entries()) newRow[row] = place;
  const rowStarts = new Uint32Array(numRows + 1);
  for (const row of rowOf)
    rowStarts[(newRow[row] as number) + 1] = (rowStarts[(newRow[row] as number) + 1] ?? 0) + 1;
  for (let row = 1; row <= numRows; row++)
    rowStarts[row] = (rowStarts[row] as number) + (rowStarts[row - 1] as number);
  const next = rowStarts.slice();
  const items = new Uint32Array(rowOf.length);
  for (const [item, row] of rowOf.entries()) {
    const place = newRow[row] as number;
    items[next[place] as number] = item;
    next[place] = (next[place] as number) + 1;
  }
  return { numRows, rowStarts, items };
}

/** Rows by the space that they have left: a stack for each, and a bit where one is not empty. */
class FreeRows {
  numRows = 0;
  readonly #capacity: number;
  /** Of each space: the row on top, −1 for none. */
  readonly #tops: Int32Array;
  /** Of each row: the one below it. */
  readonly #below: Int32Array;
  readonly #bits: Uint32Array;

  constructor(capacity: number, maxRows: number) {
    this.#capacity = capacity;
    this.#tops = new Int32Array(capacity + 1).fill(-1);
    this.#below = new Int32Array(maxRows);
    this.#bits = new Uint32Array((capacity >> 5) + 1);
  }

  /** Puts an item into the row that it fills most, or a new one; says which. */
  place(length: number): number {
    const space = this.#smallestFrom(length);
    const row = space < 0 ? this.numRows++ : this.#pop(space);
    const left = (space < 0 ? this.#capacity : space) - length;
    if (left > 0) this.#push(left, row);
    return row;
  }

  /** The smallest space of at least `length` that a row has; −1 for none. */
  #smallestFrom(length: number): number {
    let word = length >> 5;
    let bits = (this.#bits[word] as number) & (-1 << (length & 31));
    while (bits === 0) {
      if (++word === this.#bits.length) return -1;
      bits = this.#bits[word] as number;
    }
    return 32 * word + 31 - Math.clz32(bits & -bits);
  }

  #pop(space: number): number {
    const row = this.#tops[space] as number;
    const below = this.#below[row] as number;
    this.#tops[space] = below;
    if (below < 0)
      this.#bits[space >> 5] = (this.#bits[space >> 5] as number) & ~(1 << (space & 31));
    return row;
  }

  #push(space: number, row: number): void {
    this.#below[row] = this.#tops[space] as number;
    this.#tops[space] = row;
    this.#bits[space >> 5] = (this.#bits[space >> 5] as number) | (1 << (space & 31));
  }
}

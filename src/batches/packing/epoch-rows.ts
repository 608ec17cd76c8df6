import { ConfigError, deriveSeed, type Seed, SeededRandom, uniformAt } from '../../base/index.ts';
import { type Packing, packAlone, packBestFit } from './best-fit.ts';

export interface EpochRowsConfig {
  /** How many places each item takes. */
  lengths: Uint32Array;
  /** How often each item occurs in an epoch, on average. Default: 1. */
  weightOf?: (item: number) => number;
  /** Places of a row. */
  capacity: number;
  seed: Seed;
  /** Whether several items stand in a row. Default: true. */
  packing?: boolean;
}

/**
 * Items in rows, epoch after epoch, as a pure function of lengths, seed and the row's number. In an
 * epoch an item of weight w occurs ⌊w⌋ or ⌈w⌉ times, of weight 1 exactly once.
 */
export class EpochRows {
  readonly #config: EpochRowsConfig;
  /** The number of the first row of each epoch that was planned. */
  readonly #firstRows = [0];
  #epoch = -1;
  #packing: Packing = { numRows: 0, rowStarts: new Uint32Array(1), items: new Uint32Array() };

  /** @throws ConfigError for no items, and for one that is longer than a row. */
  constructor(config: EpochRowsConfig) {
    const { lengths, capacity } = config;
    this.#config = config;
    if (lengths.length === 0) {
      throw new ConfigError({ what: 'the conversations', must: 'be at least one', got: 'none' });
    }
    const longest = lengths.reduce((a, b) => Math.max(a, b));
    if (longest <= capacity) return;
    const must = `have at most ${capacity} tokens behind the first`;
    throw new ConfigError({ what: 'a conversation', must, got: String(longest) });
  }

  /** The items of a row. */
  itemsOf(row: number): Uint32Array {
    let epoch = 0;
    while (row >= this.rowsUntil(epoch + 1)) epoch++;
    const { rowStarts, items } = this.#packingOf(epoch);
    const place = row - (this.#firstRows[epoch] as number);
    return items.subarray(rowStarts[place], rowStarts[place + 1]);
  }

  /** How many rows the first epochs have. */
  rowsUntil(epoch: number): number {
    for (let planned = this.#firstRows.length - 1; planned < epoch; planned++) {
      const { numRows } = this.#packingOf(planned);
      this.#firstRows.push((this.#firstRows[planned] as number) + numRows);
    }
    return this.#firstRows[epoch] as number;
  }

  /** The share of the places of the first epoch in which an item stands. */
  fillRatio(): number {
    const { numRows, items } = this.#packingOf(0);
    const { lengths, capacity } = this.#config;
    const filled = items.reduce((sum, item) => sum + (lengths[item] as number), 0);
    return filled / (numRows * capacity);
  }

  #packingOf(epoch: number): Packing {
    if (this.#epoch === epoch) return this.#packing;
    const { lengths, capacity, seed, packing = true } = this.#config;
    const occurring = this.#occurring(epoch);
    const random = new SeededRandom(deriveSeed(seed, 'packing', epoch));
    const packed = packing
      ? packBestFit(
          occurring.map((item) => lengths[item] as number),
          capacity,
          random,
        )
      : packAlone(occurring.length, random);
    this.#packing = { ...packed, items: packed.items.map((at) => occurring[at] as number) };
    this.#epoch = epoch;
    return this.#packing;
  }

  /** The items of an epoch: over all epochs, item i has occurred ⌊w · epochs + uᵢ⌋ times. */
  #occurring(epoch: number): Uint32Array {
    const { lengths, weightOf = () => 1, seed } = this.#config;
    const phaseSeed = deriveSeed(seed, 'weight');
    const occurring: number[] = [];
    for (const item of lengths.keys()) {
      const weight = weightOf(item);
      const phase = Number.isInteger(weight) ? 0 : uniformAt(phaseSeed, item, 0);
      const times = Math.floor(weight * (epoch + 1) + phase) - Math.floor(weight * epoch + phase);
      for (let time = 0; time < times; time++) occurring.push(item);
    }
    return Uint32Array.from(occurring);
  }
}

/** Every conversation once per epoch, no row above the context, hardly any padding. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import { packBestFit } from './best-fit.ts';
import { EpochRows } from './epoch-rows.ts';

const numRuns = count({ test: 200, pr: 5_000, slow: 100_000 });
const capacity = fc.integer({ min: 1, max: 300 });
const items = capacity.chain((most) =>
  fc.record({
    capacity: fc.constant(most),
    lengths: fc
      .array(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 200 })
      .map((lengths) => Uint32Array.from(lengths)),
    seed: fc.nat(),
  }),
);

const sum = (lengths: Uint32Array, some: Uint32Array) =>
  some.reduce((total, item) => total + (lengths[item] as number), 0);

describe('rows', () => {
  it('hold every item exactly once per epoch, and none is above its capacity', () => {
    fc.assert(
      fc.property(items, fc.boolean(), ({ capacity, lengths, seed }, packing) => {
        const rows = new EpochRows({ lengths, capacity, seed, packing });
        for (const epoch of [0, 1]) {
          const seen: number[] = [];
          for (let row = rows.rowsUntil(epoch); row < rows.rowsUntil(epoch + 1); row++) {
            const some = rows.itemsOf(row);
            expect(sum(lengths, some)).toBeLessThanOrEqual(capacity);
            seen.push(...some);
          }
          expect(seen.sort((a, b) => a - b)).toEqual([...lengths.keys()]);
        }
      }),
      { numRuns },
    );
  });

  it('are a function of lengths, seed and number alone, whoever asks and when', () => {
    fc.assert(
      fc.property(items, fc.nat(400), ({ capacity, lengths, seed }, row) => {
        const inOrder = new EpochRows({ lengths, capacity, seed });
        for (let before = 0; before < row; before++) inOrder.itemsOf(before);
        const atOnce = new EpochRows({ lengths, capacity, seed });
        expect(atOnce.itemsOf(row)).toEqual(inOrder.itemsOf(row));
      }),
      { numRuns },
    );
  });

  it('are as many in every epoch, and no two would fit into one', () => {
    fc.assert(
      fc.property(items, ({ capacity, lengths, seed }) => {
        const rows = new EpochRows({ lengths, capacity, seed });
        const numRows = rows.rowsUntil(1);
        expect(rows.rowsUntil(3)).toBe(3 * numRows);
        const filled = Array.from({ length: numRows }, (_, row) => sum(lengths, rows.itemsOf(row)));
        const [least = 0, next = capacity + 1] = filled.sort((a, b) => a - b);
        expect(least + next).toBeGreaterThan(capacity);
      }),
      { numRuns },
    );
  });

  it('take the row that an item fills most', () => {
    const lengths = Uint32Array.from([60, 50, 40, 45]);
    const { rowStarts, items } = packBestFit(lengths, 100, new SeededRandom(1));
    const rows = [...rowStarts.subarray(0, -1)].map((start, row) =>
      String([...items.subarray(start, rowStarts[row + 1])]),
    );
    expect(rows.sort()).toEqual(['0,2', '1,3']);
  });

  it('hold another mix in every epoch', () => {
    const lengths = Uint32Array.from({ length: 500 }, (_, i) => 1 + (i % 40));
    const rows = new EpochRows({ lengths, capacity: 64, seed: 1 });
    const rowsOf = (epoch: number) =>
      Array.from({ length: rows.rowsUntil(1) }, (_, i) =>
        String([...rows.itemsOf(rows.rowsUntil(epoch) + i)]),
      );
    const [first, second] = [rowsOf(0), rowsOf(1)];
    const same = first.filter((row) => second.includes(row)).length;
    expect(same).toBeLessThan(first.length / 4);
  });

  it('hold items by their weight: 2 twice, 1/2 in every second epoch, 1 exactly once', () => {
    const lengths = new Uint32Array(300).fill(7);
    const weightOf = (item: number) => [2, 0.5, 1][item % 3] as number;
    const rows = new EpochRows({ lengths, capacity: 50, seed: 3, weightOf });
    const times = (epochs: [number, number], item: number) => {
      let found = 0;
      for (let row = rows.rowsUntil(epochs[0]); row < rows.rowsUntil(epochs[1]); row++) {
        found += rows.itemsOf(row).filter((other) => other === item).length;
      }
      return found;
    };
    for (const item of lengths.keys()) {
      expect(times([0, 2], item)).toBe(2 * weightOf(item));
      if (item % 3 !== 1) expect(times([0, 1], item)).toBe(weightOf(item));
    }
    const inFirst = [...lengths.keys()].filter((i) => i % 3 === 1 && times([0, 1], i) === 1);
    expect(inFirst.length).toBeGreaterThan(30);
    expect(inFirst.length).toBeLessThan(70);
  });

  it.each<[string, (random: SeededRandom) => number, number]>([
    ['short sample instructions', (random) => 12 + random.int(40), 128],
    ['Alpaca', (random) => Math.min(511, Math.round(40 + Math.exp(4 + random.next() * 1.6))), 512],
    ['long chats', (random) => Math.min(1023, 30 + random.int(900)), 1024],
  ])('are filled to 97 %% and more: %s', (name, draw, capacity) => {
    const random = new SeededRandom(5);
    const lengths = Uint32Array.from({ length: 3_000 }, () => draw(random));
    const fill = new EpochRows({ lengths, capacity, seed: 1 }).fillRatio();
    console.log(`${name}: fill ratio ${fill.toFixed(4)}`);
    expect(fill).toBeGreaterThan(0.97);
  });

  it('refuse an item that is longer than they are, and none at all', () => {
    const rows = (lengths: number[]) =>
      new EpochRows({ lengths: Uint32Array.from(lengths), capacity: 8, seed: 1 });
    expect(() => rows([3, 9])).toThrow(/at most 8 tokens behind the first, got 9/);
    expect(() => rows([])).toThrow(/at least one, got none/);
  });
});

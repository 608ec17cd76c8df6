import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { Mixture } from './mixture.ts';
import { Permutation } from './permutation.ts';
import { rankShare, sampleIndex } from './sample-index.ts';
import { wholeWeights } from './whole-weights.ts';
import { WindowOrder } from './window-order.ts';

const numRuns = count({ test: 50, pr: 500, slow: 5_000 });
const upTo = (end: number) => Array.from({ length: end }, (_, i) => i);

describe('Permutation', () => {
  it('is a bijection of any size, another one for each seed and name', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (size, seed) => {
        const permutation = new Permutation(size, seed, 'a');
        const images = upTo(size).map((i) => permutation.at(i));
        expect(images.toSorted((a, b) => a - b)).toEqual(upTo(size));
        if (size < 50) return;
        for (const other of [
          new Permutation(size, seed, 'b'),
          new Permutation(size, seed + 1, 'a'),
        ]) {
          expect(upTo(size).map((i) => other.at(i))).not.toEqual(images);
        }
      }),
      { numRuns },
    );
  });

  it('stays inside of sizes that no table could hold', () => {
    const permutation = new Permutation(2 ** 52 - 1, 3);
    const images = upTo(1000).map((i) => permutation.at(2 ** 51 + i));
    expect(new Set(images).size).toBe(1000);
    for (const image of images) expect(image < 2 ** 52 - 1 && Number.isInteger(image)).toBe(true);
  });

  it.each([5, 64, 97])('sends an index to each of %i places equally often', (size) => {
    const counts = new Array<number>(size).fill(0);
    const numDraws = 200 * size;
    for (const seed of upTo(numDraws)) {
      const image = new Permutation(size, seed).at(size - 2);
      counts[image] = (counts[image] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0);
    // Five deviations above the mean of the distribution.
    expect(chiSquare).toBeLessThan(size - 1 + 5 * Math.sqrt(2 * (size - 1)));
  });

  it('never changes', () => {
    const permutation = new Permutation(10, 42, 'x', 1);
    expect(
      upTo(10)
        .map((i) => permutation.at(i))
        .join(''),
    ).toBe('3720859146');
  });
});

describe('WindowOrder', () => {
  it('visits each window of an epoch once, cut elsewhere and ordered anew in the next', () => {
    const config = { numTokens: 1_003, contextLength: 10, seed: 1, name: 'a', shift: true };
    const order = new WindowOrder(config);
    expect(order.numWindows).toBe(100);
    const epoch = (e: number) => upTo(100).map((i) => order.place(e * 100 + i));
    const [first, second] = [epoch(0), epoch(1)];
    for (const places of [first, second]) {
      expect(new Set(places.map(({ window }) => window)).size).toBe(100);
      const starts = places.map(({ start }) => start).toSorted((a, b) => a - b);
      const gaps = starts.map((start, i) => (starts[(i + 1) % 100] ?? 0) - start);
      expect(gaps.filter((gap) => gap !== 10 && gap !== 13)).toHaveLength(1);
    }
    expect(first[0]?.start).not.toBe(second[0]?.start);
    expect(first.map(({ window }) => window)).not.toEqual(second.map(({ window }) => window));
    const fixed = new WindowOrder({ ...config, shift: false });
    for (const i of upTo(300)) expect(fixed.place(i).start % 10).toBe(0);
  });

  it('refuses data sets without a window', () => {
    const config = { contextLength: 10, seed: 1, name: 'poems', shift: true };
    const make = () => new WindowOrder({ ...config, numTokens: 10 });
    expect(make).toThrow(/the data set poems must have more tokens than one window \(10\), got 10/);
    expect(() => new WindowOrder({ ...config, numTokens: 10, contextLength: 0 })).toThrow(/from 1/);
  });
});

describe('rank shares', () => {
  it('are the global batch, for any world size', () => {
    const sizes = fc.tuple(
      fc.integer({ min: 1, max: 64 }),
      fc.integer({ min: 1, max: 64 }),
      fc.nat(99),
    );
    fc.assert(
      fc.property(sizes, ([a, b, step]) => {
        const [worldSize, globalBatchSize] = [Math.min(a, b), Math.max(a, b)];
        const samples = upTo(worldSize).flatMap((rank) => {
          const batch = { step, globalBatchSize, rank, worldSize };
          return upTo(rankShare(batch).numSamples).map((i) => sampleIndex(batch, i));
        });
        expect(samples).toEqual(upTo(globalBatchSize).map((i) => step * globalBatchSize + i));
      }),
      { numRuns },
    );
  });

  it('refuse ranks and samples that are not there', () => {
    const batch = { step: 0, globalBatchSize: 4, rank: 2, worldSize: 2 };
    expect(() => rankShare(batch)).toThrow(/rank must be a whole number from 0 to 1, got 2/);
    expect(() => rankShare({ ...batch, worldSize: 5 })).toThrow(/globalBatchSize/);
    expect(() => sampleIndex({ ...batch, rank: 1 }, 2)).toThrow(/index .* from 0 to 1/);
  });
});

describe('Mixture', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 9 });

  it('gives each data set its share of any first samples, within one', () => {
    fc.assert(
      fc.property(weights, fc.nat(), (w, seed) => checkPrefixes(w, seed, 1_000)),
      { numRuns },
    );
  });

  it('takes the weights of GPT-3, which sum to 101 %', () => {
    const gpt3 = [0.6, 0.22, 0.08, 0.08, 0.03];
    checkPrefixes(gpt3, 1, 5_000);
    expect(wholeWeights(gpt3)).toEqual([60, 22, 8, 8, 3]);
    expect(new Mixture(gpt3, 1).counts(101 * 7)).toEqual([420, 154, 56, 56, 21]);
  });

  it('takes weights that are no short decimals, to a millionth', () => {
    const thirds = [1 / 3, 2 / 3 + 1e-9, Math.PI];
    checkPrefixes(thirds, 1, 20_000, 1.05);
    expect(new Mixture([1e-12, 1], 1).shares[0]).toBeLessThan(1e-6);
  });

  it('refuses weights that are not positive', () => {
    expect(() => new Mixture([1, 0], 1)).toThrow(/a weight must be a positive number, got 0/);
    expect(() => new Mixture([1, Number.NaN], 1)).toThrow(/got NaN/);
    expect(() => new Mixture([], 1)).toThrow(/the data sets must be 1 to 65,535, got 0/);
  });
});

/** Also checks that `place` numbers the samples of each data set one after the other. */
function checkPrefixes(weights: readonly number[], seed: number, numSamples: number, limit = 1) {
  const mixture = new Mixture(weights, seed);
  const total = weights.reduce((a, b) => a + b, 0);
  const counts = weights.map(() => 0);
  for (let sample = 0; sample < numSamples; sample++) {
    const { source, index } = mixture.place(sample);
    if (index !== counts[source]) expect(index).toBe(counts[source]);
    counts[source] = index + 1;
    for (const [i, n] of counts.entries()) {
      const off = Math.abs(n - ((weights[i] as number) / total) * (sample + 1));
      if (off >= limit) expect(off).toBeLessThan(limit);
    }
  }
  expect(mixture.counts(numSamples)).toEqual(counts);
}

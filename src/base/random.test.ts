import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import { philox4x32 } from './philox.ts';
import { deriveSeed, SeededRandom, streamSeed, uniformAt } from './random.ts';

const hex = (words: Uint32Array) =>
  [...words].map((w) => w.toString(16).padStart(8, '0')).join(' ');
const maxSeed = 2n ** 64n - 1n;

/** The value of Pearson's χ² that 1 in 10^5 fair samples exceed (Wilson and Hilferty). */
const chiSquareLimit = (freedom: number) =>
  freedom * (1 - 2 / (9 * freedom) + 4.265 * Math.sqrt(2 / (9 * freedom))) ** 3;

function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** How often each of `numBins` equal parts of [0, 1) was hit. */
function histogram(numBins: number, numDraws: number, draw: (index: number) => number): number[] {
  const counts = new Uint32Array(numBins);
  for (let i = 0; i < numDraws; i++) {
    const bin = Math.floor(draw(i) * numBins);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return [...counts];
}

describe('philox4x32', () => {
  // The known answers that the Random123 library publishes for philox4x32 with 10 rounds.
  it.each([
    ['zeros', [0, 0, 0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    ['ones', Array<number>(6).fill(0xffffffff), '408f276d 41c83b0e a20bc7c6 6d5451fd'],
    [
      'digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('gives the published words for %s', (_, input, expected) => {
    const out = new Uint32Array(4);
    philox4x32(...(input as [number, number, number, number, number, number]), out);
    expect(hex(out)).toBe(expected);
  });
});

describe('deriveSeed', () => {
  it('never changes', () => {
    expect(deriveSeed(0)).toBe(11780215616891045311n);
    expect(deriveSeed(42, 'init', 7)).toBe(17381310801929340997n);
    expect(deriveSeed(maxSeed, '春晓')).toBe(17486816500061279575n);
  });

  it('gives different lists different seeds, however they are cut', () => {
    const lists: (string | number)[][] = [
      [],
      [''],
      ['', ''],
      ['1'],
      [1],
      ['1', '2'],
      ['12'],
      [12],
      [1, 2],
      ['1,2'],
      ['1","2'],
      ['a', 'b'],
      ['ab'],
      ['\ud800'],
      ['\udfff'],
      ['\ufffd'],
      ['\\ud800'],
      ['\u0000'],
    ];
    expect(new Set(lists.map((list) => deriveSeed(1, ...list))).size).toBe(lists.length);
  });

  it('is what streamSeed calls, with every field of the name', () => {
    const name = { seed: 1, stream: 'dropout', step: 2, rank: 3, micro: 4 };
    expect(streamSeed(name)).toBe(deriveSeed(1, 'dropout', 2, 3, 4));
  });

  it('takes a number and the same bigint for one seed', () => {
    expect(deriveSeed(7n, 'x')).toBe(deriveSeed(7, 'x'));
    expect(new SeededRandom(7n).next()).toBe(new SeededRandom(7).next());
  });
});

describe('uniformAt', () => {
  it('never changes', () => {
    expect(uniformAt(0, 0, 0)).toBe(0.39904647231489565);
    expect(uniformAt(42, 2 ** 40 + 1, 3)).toBe(0.09280609262490513);
    expect(uniformAt(maxSeed, 1, 2, 3)).toBe(0.6241761472746573);
  });

  it('gives another number when any one argument changes', () => {
    const numbers = [
      uniformAt(1, 1, 1, 1),
      uniformAt(2, 1, 1, 1),
      uniformAt(1, 2, 1, 1),
      uniformAt(1, 1, 2, 1),
      uniformAt(1, 1, 1, 2),
      uniformAt(1, 1 + 2 ** 32, 1, 1),
      uniformAt(1n + 2n ** 32n, 1, 1, 1),
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('is uniform along requests and along positions', () => {
    const byRequest = histogram(64, 20_000, (i) => uniformAt(5, i, 0));
    const byPosition = histogram(64, 20_000, (i) => uniformAt(5, 0, i));
    expect(chiSquare(byRequest)).toBeLessThan(chiSquareLimit(63));
    expect(chiSquare(byPosition)).toBeLessThan(chiSquareLimit(63));
  });
});

describe('SeededRandom', () => {
  it('never changes', () => {
    const random = new SeededRandom(42);
    expect([random.next(), random.next()]).toEqual([0.8617498124671207, 0.44457745084555533]);
    expect(Array.from({ length: 8 }, () => random.int(100))).toEqual([
      90, 8, 45, 91, 97, 93, 2, 27,
    ]);
    expect(random.int(2 ** 53 - 1)).toBe(1794350637894168);
    expect(random.pick(['spring', 'summer', 'autumn', 'winter'])).toBe('winter');
    expect(random.shuffle([0, 1, 2, 3, 4, 5, 6, 7]).join('')).toBe('75142063');
    expect(random.normal()).toBeCloseTo(1.0018253708090896, 14);
  });

  it('draws whole numbers below the bound, each equally often', () => {
    // 3·2^30 leaves a quarter of all words over: without redrawing, small results would win.
    for (const bound of [7, 3 * 2 ** 30, 3 * 2 ** 51]) {
      const random = new SeededRandom(1);
      const counts = histogram(7, 14_000, () => random.int(bound) / bound);
      expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(6));
    }
  });

  it('stays inside any bound', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, maxSeed), fc.maxSafeNat(), (seed, max) => {
        const bound = Math.max(1, max);
        const value = new SeededRandom(seed).int(bound);
        return Number.isInteger(value) && value >= 0 && value < bound;
      }),
    );
  });

  it('shuffles a copy into every order equally often', () => {
    const random = new SeededRandom(3);
    const items = Object.freeze(['a', 'b', 'c', 'd']);
    const counts = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = random.shuffle(items).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(chiSquareLimit(23));
  });

  it('draws normal numbers: mean 0, deviation 1, 95.45 % within two deviations', () => {
    const random = new SeededRandom(4);
    const draws = Array.from({ length: 40_000 }, () => random.normal());
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(4.4 / Math.sqrt(draws.length));
    expect(Math.abs(variance - 1)).toBeLessThan(4.4 * Math.sqrt(2 / draws.length));
    const within = draws.filter((x) => Math.abs(x) < 2).length / draws.length;
    expect(Math.abs(within - 0.9545)).toBeLessThan(0.0046);
  });
});

describe('bad arguments', () => {
  const random = new SeededRandom(0);
  it.each<[string, () => unknown, string]>([
    [
      'NaN seed',
      () => deriveSeed(Number.NaN),
      'seed must be a whole number from 0 to 2^53 − 1, got NaN',
    ],
    [
      'negative seed',
      () => new SeededRandom(-1),
      'seed must be a whole number from 0 to 2^53 − 1, got -1',
    ],
    ['seed of 2^53', () => new SeededRandom(2 ** 53), 'got 9007199254740992'],
    ['negative bigint', () => deriveSeed(-1n), 'from 0 to 2^64 − 1, got -1'],
    ['bigint of 65 bits', () => uniformAt(2n ** 64n, 0, 0), 'from 0 to 2^64 − 1'],
    ['fraction in a part', () => deriveSeed(0, 'x', 0.5), 'seed part must be a whole number'],
    [
      'infinite step',
      () => streamSeed({ seed: 0, stream: '', step: 1 / 0, rank: 0, micro: 0 }),
      'Infinity',
    ],
    [
      'request of 2^53',
      () => uniformAt(0, 2 ** 53, 0),
      'request must be a whole number from 0 to 2^53 − 1',
    ],
    [
      'position of 2^32',
      () => uniformAt(0, 0, 2 ** 32),
      'position must be a whole number from 0 to 2^32 − 1',
    ],
    [
      'draw of 2^31',
      () => uniformAt(0, 0, 0, 2 ** 31),
      'draw must be a whole number from 0 to 2^31 − 1',
    ],
    ['bound 0', () => random.int(0), 'bound must be a whole number from 1 to 2^53 − 1, got 0'],
    ['bound 1.5', () => random.int(1.5), 'got 1.5'],
    ['bound 2^53', () => random.int(2 ** 53), 'bound'],
    ['empty list', () => random.pick([]), 'the list to pick from must not be empty'],
  ])('refuses: %s', (_, call, message) => {
    expect(call).toThrow(ConfigError);
    expect(call).toThrow(message);
  });
});

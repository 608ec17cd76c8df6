/**
 * Random numbers that depend on their names alone: the same (seed, stream, step, …) gives the same
 * numbers on every machine, in every order of work, for ever.
 */
import { createHash } from 'node:crypto';
import { ConfigError } from './errors.ts';
import { philox4x32, toUnit } from './philox.ts';

/** A whole number from 0 to 2^53 − 1, or a bigint from 0 to 2^64 − 1. */
export type Seed = number | bigint;

/** The name of one random stream of a run: what is drawn, and for which micro-batch. */
export interface StreamName {
  seed: Seed;
  /** What is drawn: `'dropout'`, `'init'`, `'rollout'`, … */
  stream: string;
  step: number;
  rank: number;
  /** Index of the micro-batch inside the step. */
  micro: number;
}

/** The 64-bit seed of one stream, for LibTorch's generators; a pure function, so a resumed run needs no stored state. */
export function streamSeed({ seed, stream, step, rank, micro }: StreamName): bigint {
  return deriveSeed(seed, stream, step, rank, micro);
}

/**
 * Derives an independent 64-bit seed from a seed and any number of names and indices: the first
 * eight bytes of the SHA-256 of their JSON, which no two different lists share.
 *
 * @throws ConfigError when a number is not a whole number from 0 to 2^53 − 1.
 */
export function deriveSeed(seed: Seed, ...parts: (string | number)[]): bigint {
  checkSeed(seed);
  for (const part of parts) if (typeof part !== 'string') checkIndex('seed part', part, 53);
  // The seed is written as text, so that 7 and 7n are the same seed.
  const encoding = JSON.stringify([String(seed), ...parts]);
  return createHash('sha256').update(encoding).digest().readBigUInt64BE(0);
}

/**
 * The random number that belongs to (seed, request, position), in [0, 1) with 53 random bits. Rows
 * of a batch that draw from it do not depend on each other. `draw` tells apart several numbers
 * wanted at one position.
 *
 * @throws ConfigError when request is not below 2^53, position not below 2^32, draw not below 2^31.
 */
export function uniformAt(seed: Seed, request: number, position: number, draw = 0): number {
  const [key0, key1] = keyOf(seed);
  checkIndex('request', request, 53);
  checkIndex('position', position, 32);
  checkIndex('draw', draw, 31);
  const words = new Uint32Array(4);
  philox4x32(request, request / 2 ** 32, position, draw, key0, key1, words);
  return toUnit(words[0] as number, words[1] as number);
}

/**
 * A small sequential generator for shuffles and choices in text layers. It walks the counter of
 * Philox; word 3 of its counter has the top bit set, which `uniformAt` never does.
 *
 * @throws ConfigError when the seed or an argument of a method is out of range.
 */
export class SeededRandom {
  readonly #key: readonly [number, number];
  readonly #words = new Uint32Array(4);
  #numUsed = 4;
  #block = 0;

  constructor(seed: Seed) {
    this.#key = keyOf(seed);
  }

  /** The next number in [0, 1), with 53 random bits. */
  next(): number {
    return toUnit(this.#word(), this.#word());
  }

  /** A whole number from 0 to bound − 1, each equally likely; bound is from 1 to 2^53 − 1. */
  int(bound: number): number {
    checkIndex('bound', bound, 53, 1);
    const small = bound <= 2 ** 32;
    const range = small ? 2 ** 32 : 2 ** 53;
    // Values in the last, incomplete run of `bound` would favour small results: draw again.
    const limit = range - (range % bound);
    for (;;) {
      const value = small ? this.#word() : this.next() * 2 ** 53;
      if (value < limit) return value % bound;
    }
  }

  /** One of the items, each equally likely. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw wrong('the list to pick from', 'not be empty', '[]');
    return items[this.int(items.length)] as T;
  }

  /** A shuffled copy (Fisher and Yates); every order is equally likely. */
  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const chosen = this.int(last + 1);
      [shuffled[last], shuffled[chosen]] = [shuffled[chosen] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  /**
   * A draw from the normal distribution with mean 0 and deviation 1, by Marsaglia's polar method:
   * its square root is exact everywhere, so only `Math.log` could differ in the last bit.
   */
  normal(): number {
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  #word(): number {
    if (this.#numUsed === 4) {
      const [key0, key1] = this.#key;
      philox4x32(this.#block, this.#block / 2 ** 32, 0, 2 ** 31, key0, key1, this.#words);
      this.#block++;
      this.#numUsed = 0;
    }
    return this.#words[this.#numUsed++] as number;
  }
}

function keyOf(seed: Seed): [number, number] {
  checkSeed(seed);
  const wide = BigInt(seed);
  return [Number(wide & 0xffffffffn), Number(wide >> 32n)];
}

function checkSeed(seed: Seed): void {
  if (typeof seed !== 'bigint') checkIndex('seed', seed, 53);
  else if (seed < 0n || seed >= 2n ** 64n) throw wrong('seed', whole(0, 64), String(seed));
}

function checkIndex(what: string, value: number, numBits: number, first = 0): void {
  const valid = Number.isSafeInteger(value) && value >= first && value < 2 ** numBits;
  if (!valid) throw wrong(what, whole(first, numBits), String(value));
}

const whole = (from: number, bits: number) => `be a whole number from ${from} to 2^${bits} − 1`;
const wrong = (what: string, must: string, got: string) => new ConfigError({ what, must, got });

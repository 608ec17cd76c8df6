/** What modules and optimizers refuse, and what they say. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../base/index.ts';
import { ones, scope, setNumThreads, type Tensor, tensor, zeros } from '../tensor/index.ts';
import { CausalSelfAttention, Dropout, Linear, Module, parameter, Rope } from './index.ts';

beforeAll(() => setNumThreads(1));

let owned: { dispose(): void }[] = [];
beforeEach(() => {
  owned = [];
});
afterEach(() => {
  for (const owner of owned) owner.dispose();
});

function own<T extends { dispose(): void }>(owner: T): T {
  owned.push(owner);
  return owner;
}

const attention = { hiddenSize: 12, numHeads: 4, contextLength: 8 };

describe('attention', () => {
  test.each([
    [
      { hiddenSize: 770, numHeads: 12 },
      /hiddenSize must be divisible by attention.numHeads \(12\), got 770\n.*768 and 780/,
    ],
    [{ numKvHeads: 3 }, /numHeads must be divisible by attention.numKvHeads \(3\), got 4/],
    [{ numHeads: 0 }, /numHeads must be a positive whole number, got 0/],
    [{ slidingWindow: 1.5 }, /slidingWindow must be a positive whole number, got 1.5/],
    [{ dropout: 1 }, /dropout must be from 0 to below 1, got 1/],
    [{ dropout: -0.1 }, /dropout must be from 0 to below 1, got -0.1/],
    [{ dropout: Number.NaN }, /dropout must be from 0 to below 1, got NaN/],
    [{ ropeBase: 10, numHeads: 12 }, /headSize must be divisible by a pair \(2\), got 1/],
  ])('refuses %o', (wrong, message) => {
    const make = () => scope(() => new CausalSelfAttention({ ...attention, ...wrong }));
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(message);
  });

  test.each([{}, { ropeBase: 100, numHeads: 2 }])(
    'refuses a sequence beyond its context, %o',
    (options) => {
      const module = own(new CausalSelfAttention({ ...attention, ...options }));
      const run = (length: number) => scope(() => void module.forward(ones([1, length, 12])));
      run(8);
      expect(() => run(9)).toThrow(/contextLength \(8\)/);
    },
  );
});

test('Dropout and Rope refuse what is out of range', () => {
  expect(() => new Dropout(1)).toThrow(/Dropout.probability must be from 0 to below 1, got 1/);
  const rope = own(new Rope({ headSize: 4, contextLength: 8 }));
  expect(() => scope(() => rope.forward(ones([1, 1, 6, 4]), 3))).toThrow(
    /must lie below contextLength \(8\), got 3 to 8/,
  );
});

class Pair extends Module {
  readonly first: Linear;
  readonly second: { weight: Tensor } & Linear;
  readonly #isTied: boolean;

  constructor(isTied: boolean) {
    super();
    this.first = new Linear({ inFeatures: 2, outFeatures: 2, bias: false });
    this.second = new Linear({ inFeatures: 2, outFeatures: 2 });
    this.second.weight.dispose();
    Object.assign(this.second, { weight: this.first.weight });
    this.#isTied = isTied;
  }

  forward(x: Tensor): Tensor {
    return this.second.forward(this.first.forward(x));
  }

  protected override tiedPaths(): readonly string[] {
    return this.#isTied ? ['second.weight'] : [];
  }
}

describe('a parameter at two paths', () => {
  test('is refused unless it is declared', () => {
    const pair = own(new Pair(false));
    expect(() => pair.parameters()).toThrow(
      /parameter at second.weight must .* tiedPaths\(\), got the tensor of first.weight/,
    );
  });

  test('counts once when declared, and stays one tensor when moved', () => {
    const pair = own(new Pair(true)).to('cpu');
    expect([...pair.parameters().keys()]).toEqual(['first.weight', 'second.bias']);
    expect(pair.numParameters).toBe(6);
    expect(pair.second.weight).toBe(pair.first.weight);
  });
});

describe('loadStateDict', () => {
  test('lists everything that is wrong and changes nothing', () => {
    const module = own(new Linear({ inFeatures: 2, outFeatures: 3 }));
    const before = module.weight.toArray();
    const load = (state: Record<string, Tensor>) =>
      module.loadStateDict(new Map(Object.entries(state)));
    scope(() => {
      expect(() => load({ weight: zeros([3, 2]), scale: ones([1]) })).toThrow(
        /got 2 differences:\n\s+missing: bias float32\[3\]\n\s+unexpected: scale float32\[1\]/,
      );
      expect(() => load({ weight: zeros([2, 3]), extra: ones([]) })).toThrow(
        /3 differences:\n\s+misshapen: weight must be float32\[3, 2\], is float32\[2, 3\]\n\s+missing: bias .*\n\s+unexpected: extra/,
      );
    });
    expect(module.weight.toArray()).toEqual(before);
  });
});

test('a tensor in a field that nobody keeps is refused', () => {
  class Careless extends Module {
    readonly kept = parameter(ones([1]));
    readonly lost = tensor([1]);
    forward(): void {}
  }
  const careless = new Careless();
  expect(() => careless.parameters()).toThrow(/tensor in field lost must be made with parameter/);
  for (const each of [careless.kept, careless.lost]) each.dispose();
});

/** Random tensors: every dtype, odd shapes, odd strides, odd values. */
import type { SeededRandom } from '../../../src/base/index.ts';
import { bindOperator, call, type Operator, type RawAddon } from './addon.ts';
import { extremeBigints, extremeNumbers } from './values.ts';

type ArrayType = { new (length: number): ArrayLike<unknown>; readonly BYTES_PER_ELEMENT: number };

/** What a dtype's elements are made of. */
const storage: Record<string, ArrayType> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
};

export const dtypes = Object.keys(storage);
const floats = ['float32', 'float64', 'float16', 'bfloat16'];

/** What the elements are: `index` are valid indices more often than not. */
export type Fill = 'small' | 'index' | 'extreme';

export interface TensorWish {
  shape: readonly number[];
  dtype: string;
  fill: Fill;
}

/** Makes tensors through the addon; each result belongs to the open scope. */
export class TensorMaker {
  readonly codes: Record<string, number>;
  readonly #addon: RawAddon;
  readonly #operators: Record<string, Operator>;

  constructor(addon: RawAddon) {
    this.#addon = addon;
    this.codes = (call(addon, 'buildInfo') as { dtypes: Record<string, number> }).dtypes;
    const names = ['empty.memory_format', 'transpose.int', 'slice.Tensor', 'expand', 'select.int'];
    this.#operators = Object.fromEntries(names.map((name) => [name, bindOperator(addon, name)]));
  }

  /** A handle. One in five is a view with odd strides, whose base may be gone already. */
  make(random: SeededRandom, wish: TensorWish): number {
    const handle = this.#shaped(random, wish);
    if (floats.includes(wish.dtype) && random.next() < 0.25) {
      call(this.#addon, 'setRequiresGrad', handle, true);
    }
    return handle;
  }

  #shaped(random: SeededRandom, wish: TensorWish): number {
    const draw = random.next();
    if (draw < 0.04) return this.#meta(wish);
    if (draw < 0.1) return this.#transposed(random, wish);
    if (draw < 0.16) return this.#sliced(random, wish);
    if (draw < 0.2) return this.#selected(random, wish);
    if (draw < 0.24) return this.#expanded(random, wish);
    return this.#filled(random, wish);
  }

  #meta({ shape, dtype }: TensorWish): number {
    return this.#call('empty.memory_format', shape, this.codes[dtype], undefined, 'meta');
  }

  #transposed(random: SeededRandom, wish: TensorWish): number {
    if (wish.shape.length < 2) return this.#filled(random, wish);
    const base = this.#filled(random, { ...wish, shape: wish.shape.toReversed() });
    const dims = [0, wish.shape.length - 1];
    if (wish.shape.length === 2) return this.#viewOf(random, base, 'transpose.int', ...dims);
    return this.#filled(random, wish);
  }

  #sliced(random: SeededRandom, wish: TensorWish): number {
    if (wish.shape.length === 0) return this.#filled(random, wish);
    const [first = 0, ...others] = wish.shape;
    const base = this.#filled(random, { ...wish, shape: [first * 2, ...others] });
    return this.#viewOf(random, base, 'slice.Tensor', 0, 0, undefined, 2);
  }

  #selected(random: SeededRandom, wish: TensorWish): number {
    const base = this.#filled(random, { ...wish, shape: [...wish.shape, 3] });
    return this.#viewOf(random, base, 'select.int', -1, 1);
  }

  #expanded(random: SeededRandom, wish: TensorWish): number {
    const shape = wish.shape.map((size) => (random.next() < 0.5 ? 1 : size));
    const base = this.#filled(random, { ...wish, shape });
    return this.#viewOf(random, base, 'expand', wish.shape);
  }

  #viewOf(random: SeededRandom, base: number, name: string, ...values: unknown[]): number {
    const view = this.#call(name, base, ...values);
    if (random.next() < 0.7) call(this.#addon, 'disposeTensor', base);
    return view;
  }

  #filled(random: SeededRandom, { shape, dtype, fill }: TensorWish): number {
    const type = storage[dtype] as ArrayType;
    const length = shape.reduce((product, size) => product * size, 1);
    const data = new type(length) as { [index: number]: unknown };
    const isBig = type === BigInt64Array || type === BigUint64Array;
    for (let i = 0; i < length; i++) {
      const value = elementOf(random, fill, dtype);
      data[i] = isBig ? toBigint(value) : Number(value);
    }
    return call(this.#addon, 'fromTypedArray', data, this.codes[dtype], shape) as number;
  }

  #call(name: string, ...values: unknown[]): number {
    return call(this.#addon, 'call', this.#operators[name]?.id, ...values) as number;
  }
}

function elementOf(random: SeededRandom, fill: Fill, dtype: string): number | bigint {
  if (dtype === 'float16' || dtype === 'bfloat16') return random.int(2 ** 16);
  if (fill === 'index') return random.next() < 0.97 ? random.int(2) : random.int(9) - 4;
  if (fill === 'small') return dtype.startsWith('float') ? random.normal() : random.int(7) - 2;
  const isBig = dtype === 'int64' || dtype === 'uint64';
  return isBig ? random.pick(extremeBigints) : random.pick([...extremeNumbers, 1, -1]);
}

function toBigint(value: number | bigint): bigint {
  return typeof value === 'bigint' ? value : BigInt(Number.isFinite(value) ? Math.trunc(value) : 0);
}

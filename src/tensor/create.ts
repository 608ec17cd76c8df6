/** Tensors from JavaScript values. Factories such as `zeros` and `randn` are generated. */
import { TensorError } from '../base/index.ts';
import type { Device } from './device.ts';
import { type Dtype, dtypeCode, dtypeOfArray, type TensorData } from './dtype.ts';
import { wrap } from './handle.ts';
import { native } from './native.ts';
import { flatten, type NestedArray } from './nested.ts';
import type { Tensor } from './tensor.ts';

export interface TensorOptions {
  /** Default: that of the typed array; float32 for numbers, bool for booleans, int64 for bigints. */
  dtype?: Dtype;
  device?: Device;
  requiresGrad?: boolean;
  /** For typed arrays only; default: one dimension. */
  shape?: readonly number[];
}

/**
 * A tensor of the given elements.
 *
 *     tensor([[1, 2], [3, 4]])                              // float32[2, 2]
 *     tensor([1, 2], { dtype: 'int64' })
 *     tensor(new Float32Array(6), { shape: [2, 3] })
 *
 * A Uint16Array with dtype float16 or bfloat16, or a Uint8Array with dtype bool, is taken as the
 * bits of its elements; any other dtype converts values.
 * @throws TensorError for ragged arrays, numbers an integer dtype cannot hold, a wrong shape.
 */
export function tensor(data: NestedArray | TensorData, options: TensorOptions = {}): Tensor {
  const result = ArrayBuffer.isView(data)
    ? convert(fromTypedArray(data as TensorData, options), options)
    : fromNested(data, options);
  if (options.requiresGrad === true) result.requiresGrad = true;
  return result;
}

/** Moves to the wanted dtype and device, freeing what was between. */
function convert(made: Tensor, { dtype = made.dtype, device = 'cpu' }: TensorOptions): Tensor {
  if (dtype === made.dtype && device === 'cpu') return made;
  try {
    return made.to({ dtype, device });
  } finally {
    made.dispose();
  }
}

function fromTypedArray(data: TensorData, { dtype, shape = [data.length] }: TensorOptions): Tensor {
  const holds = dtypeOfArray(data);
  const asBits =
    (holds === 'uint16' && (dtype === 'float16' || dtype === 'bfloat16')) ||
    (holds === 'uint8' && dtype === 'bool');
  const code = dtypeCode(asBits ? dtype : holds);
  return wrap<Tensor>(native().fromTypedArray(data, code, shape));
}

function fromNested(values: NestedArray, options: TensorOptions): Tensor {
  const { shape, elements } = flatten(values);
  const wanted = options.dtype ?? defaultDtype(elements[0]);
  const data =
    wanted === 'int64' || wanted === 'uint64'
      ? toBigInts(elements, wanted)
      : toNumbers(elements, wanted);
  const made = fromTypedArray(data, { shape });
  return convert(made, { ...options, dtype: wanted });
}

function defaultDtype(first: number | boolean | bigint | undefined): Dtype {
  if (typeof first === 'boolean') return 'bool';
  return typeof first === 'bigint' ? 'int64' : 'float32';
}

type Elements = readonly (number | boolean | bigint)[];

/** Integers go through bigint, so that none is rounded on the way. */
function toBigInts(elements: Elements, dtype: 'int64' | 'uint64'): TensorData {
  const integers = elements.map((value) => {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) refuse(value, dtype);
    const integer = BigInt(value);
    const kept = dtype === 'int64' ? BigInt.asIntN(64, integer) : BigInt.asUintN(64, integer);
    if (kept !== integer) refuse(value, dtype);
    return integer;
  });
  return dtype === 'int64' ? BigInt64Array.from(integers) : BigUint64Array.from(integers);
}

/** Floats go through float32 when that is what is wanted, and through float64 otherwise. */
function toNumbers(elements: Elements, dtype: Dtype): TensorData {
  const numbers = elements.map(Number);
  if (dtype === 'float32') return Float32Array.from(numbers);
  if (dtype === 'bool') return Float64Array.from(numbers);
  const range = integerRange(dtype);
  if (range !== undefined) {
    for (const value of numbers) {
      if (!Number.isInteger(value) || value < range[0] || value > range[1]) refuse(value, dtype);
    }
  }
  return Float64Array.from(numbers);
}

function integerRange(dtype: Dtype): [number, number] | undefined {
  const match = /^(u?)int(8|16|32)$/.exec(dtype);
  if (match === null) return undefined;
  const span = 2 ** Number(match[2]);
  return match[1] === 'u' ? [0, span - 1] : [-span / 2, span / 2 - 1];
}

function refuse(value: number | bigint | boolean, dtype: Dtype): never {
  throw new TensorError({
    what: `an element of a tensor of dtype ${dtype}`,
    must: `be a whole number that ${dtype} holds exactly`,
    got: String(value),
  });
}

/** The element types of tensors, and the typed arrays that hold them in JavaScript. */
import { TensorError } from '../base/index.ts';
import { native } from './native.ts';

export const dtypes = [
  'float32',
  'float64',
  'float16',
  'bfloat16',
  'uint8',
  'int8',
  'int16',
  'int32',
  'int64',
  'bool',
  'uint16',
  'uint32',
  'uint64',
] as const;

export type Dtype = (typeof dtypes)[number];

/** Bytes of one element. */
export const bytesPerElement: Readonly<Record<Dtype, number>> = {
  float32: 4,
  float64: 8,
  float16: 2,
  bfloat16: 2,
  uint8: 1,
  int8: 1,
  int16: 2,
  int32: 4,
  int64: 8,
  bool: 1,
  uint16: 2,
  uint32: 4,
  uint64: 8,
};

/** Typed arrays that can become tensors as they are, with the dtype that each becomes. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** The dtype whose elements a typed array holds. */
export function dtypeOfArray(data: TensorData): Dtype {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof BigInt64Array) return 'int64';
  if (data instanceof Uint8Array) return 'uint8';
  if (data instanceof Int8Array) return 'int8';
  if (data instanceof Int16Array) return 'int16';
  if (data instanceof Uint16Array) return 'uint16';
  if (data instanceof Uint32Array) return 'uint32';
  return 'uint64';
}

/** The codes are LibTorch's own numbers, asked of it once. */
let codes: Record<string, number> | undefined;
let names: Map<number, Dtype> | undefined;

/**
 * LibTorch's number of a dtype.
 * @throws TensorError for a name that is no dtype.
 */
export function dtypeCode(dtype: Dtype): number {
  codes ??= native().buildInfo().dtypes;
  const code = codes[dtype];
  if (code === undefined) {
    throw new TensorError({
      what: 'dtype',
      must: `be one of ${dtypes.join(', ')}`,
      got: show(dtype),
    });
  }
  return code;
}

/** The dtype of LibTorch's number. */
export function dtypeOfCode(code: number): Dtype {
  names ??= new Map(dtypes.map((dtype) => [dtypeCode(dtype), dtype]));
  const dtype = names.get(code);
  if (dtype === undefined) {
    throw new TensorError({
      what: 'the dtype of a tensor',
      must: `be one of ${dtypes.join(', ')}`,
      got: `LibTorch's number ${code}`,
    });
  }
  return dtype;
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Nested arrays of numbers, as people write tensors: to flat data and back. */
import { TensorError } from '../base/index.ts';
import type { Dtype, TensorData } from './dtype.ts';

/** A number, or arrays of arrays of numbers, all of equal length in each dimension. */
export type NestedArray = number | boolean | bigint | readonly NestedArray[];

/**
 * The flat elements and the shape of a nested array.
 * @throws TensorError for a ragged array or an element that is no number.
 */
export function flatten(values: NestedArray): {
  shape: number[];
  elements: (number | boolean | bigint)[];
} {
  const shape: number[] = [];
  for (let level: unknown = values; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > maxDepth) refuseDepth();
  }
  const elements: (number | boolean | bigint)[] = [];
  append(values, shape, 0, elements);
  return { shape, elements };
}

/** What LibTorch's own constructor accepts; an array that holds itself has no end. */
const maxDepth = 64;

function refuseDepth(): never {
  throw new TensorError({
    what: 'a nested array',
    must: `be at most ${maxDepth} arrays deep`,
    got: 'a deeper one',
  });
}

function append(
  value: NestedArray,
  shape: readonly number[],
  depth: number,
  elements: (number | boolean | bigint)[],
): void {
  if (depth === shape.length) {
    elements.push(checkElement(value));
    return;
  }
  if (!Array.isArray(value) || value.length !== shape[depth]) {
    throw new TensorError({
      what: `the nested array at depth ${depth}`,
      must: `hold ${shape[depth]} elements, as the first one there does`,
      got: Array.isArray(value) ? String(value.length) : typeof value,
    });
  }
  for (const element of value) append(element, shape, depth + 1, elements);
}

function checkElement(value: unknown): number | boolean | bigint {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return value;
  }
  throw new TensorError({
    what: 'an element of a nested array',
    must: 'be a number, a boolean or a bigint',
    got: value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value,
  });
}

/** Flat data as nested arrays of a shape, each element passed through `read`. */
export function nest<T>(
  data: TensorData,
  shape: readonly number[],
  read: (element: number | bigint) => T,
): Nested<T> {
  let position = 0;
  const build = (depth: number): Nested<T> => {
    if (depth === shape.length) return read(data[position++] as number | bigint);
    return Array.from({ length: shape[depth] as number }, () => build(depth + 1));
  };
  return build(0);
}

/** Arrays of arrays of T, down to T itself for a scalar. */
export type Nested<T> = T | readonly Nested<T>[];

/**
 * An element as a number; a boolean for bool.
 * @throws TensorError for an integer beyond 2^53, which a number would round.
 */
export function toNumber(value: number | bigint, dtype: Dtype): number | boolean {
  if (dtype === 'bool') return value !== 0;
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isSafeInteger(number)) {
    throw new TensorError({
      what: `an element of a tensor of dtype ${dtype}`,
      must: 'lie within ±(2^53 - 1) to become a number',
      got: String(value),
      hint: 'toTypedArray() gives bigints',
    });
  }
  return number;
}

/**
 * What generated operators are made of: an operator bound at its first call, and the conversion
 * of each kind of argument that the addon does not take as it is.
 */
import { inspect } from 'node:util';
import { TensorError } from '../base/index.ts';
import type { Handle } from './addon.ts';
import { type Dtype, dtypeCode } from './dtype.ts';
import { handleOf, hasHandle, type TensorHandle, wrap } from './handle.ts';
import { native } from './native.ts';

/** A number for an operator: whole numbers are integers, bigints are int64, others are floats. */
export type Scalar = number | bigint | boolean;

/** One operator of LibTorch by its full name, `add.Tensor`. */
export class Operator {
  readonly name: string;
  #id = -1;

  constructor(name: string) {
    this.name = name;
  }

  /** The addon's number for this operator, asked for at the first call. */
  get id(): number {
    if (this.#id < 0) this.#id = native().bindOperator(this.name);
    return this.#id;
  }
}

/**
 * Calls any operator of LibTorch with raw values: handles, numbers, codes. For this folder only;
 * the committed list in operators.ts is what others may call.
 */
export function call(operator: Operator, ...values: unknown[]): unknown {
  return native().call(operator.id, ...values);
}

/** The results of an operator that returns several tensors. */
export function wrapAll<T extends TensorHandle>(handles: unknown): T[] {
  return (handles as Handle[]).map((handle) => wrap<T>(handle));
}

/** A tensor argument that may be left out. */
export function optionalHandle(value: unknown, what: string): Handle | null | undefined {
  return value === undefined || value === null ? value : handleOf(value, what);
}

const maxListLength = 2 ** 22;

/** A list of tensors; `null` elements stay where the operator allows them. */
export function handlesOf(values: unknown, what: string): (Handle | null)[] {
  if (!Array.isArray(values)) {
    throw new TensorError({ what, must: 'be an array of tensors', got: typeof values });
  }
  // `new Array(4e9)` costs nothing to make, and minutes to read.
  if (values.length >= maxListLength) {
    const must = `be an array of less than ${maxListLength} tensors`;
    throw new TensorError({ what, must, got: String(values.length) });
  }
  return values.map((value) => (value === null ? null : handleOf(value, what)));
}

/** Whether the last argument of a call is its options, or left out. */
export function isOptions(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !hasHandle(value);
}

/** A dtype option as LibTorch's number. */
export function optionalDtype(dtype: Dtype | null | undefined): number | null | undefined {
  return dtype === undefined || dtype === null ? dtype : dtypeCode(dtype);
}

/** Refuses arguments that fit none of an operator's forms. */
export function noMatch(name: string, forms: readonly string[], values: unknown[]): never {
  const given = values.slice(0, values.findLastIndex((value) => value !== undefined) + 1);
  throw new TensorError({
    what: name,
    must: `be called as ${forms.join(' or ')}`,
    got: `${name}(${given.map((value) => describe(value)).join(', ')})`,
  });
}

function describe(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    // Deeper ones are cut off: an array may hold itself.
    if (depth === 3) return '[…]';
    const shown = value.slice(0, 8).map((element) => describe(element, depth + 1));
    return `[${shown.join(', ')}${value.length > 8 ? ', …' : ''}]`;
  }
  return hasHandle(value) ? 'a tensor' : inspect(value, { depth: 0, breakLength: Infinity });
}

/** The numbers inside a printed tensor: one notation and one width for all of its elements. */
import type { Dtype } from './dtype.ts';

export type PrintedValue = number | bigint | boolean;

export interface ElementFormat {
  /** Characters that every element is padded to. */
  width: number;
  write(value: PrintedValue): string;
}

const floatingDtypes: readonly Dtype[] = ['float32', 'float64', 'float16', 'bfloat16'];

/** Chooses how to write these elements; `precision` is the number of digits after the point. */
export function elementFormat(
  dtype: Dtype,
  values: readonly PrintedValue[],
  precision: number,
): ElementFormat {
  if (!floatingDtypes.includes(dtype)) return padded(writeExact, values);
  const numbers = values.map(Number);
  const writeNumber = notation(numbers, precision);
  // As in PyTorch, zeros, infinities and NaN have no say in the width.
  return padded((value) => writeNumber(Number(value)), numbers.filter(isNonzeroFinite));
}

function padded(write: (value: PrintedValue) => string, values: readonly PrintedValue[]) {
  const width = values.reduce<number>((widest, value) => Math.max(widest, write(value).length), 1);
  return { width, write: (value: PrintedValue) => write(value).padStart(width) };
}

function writeExact(value: PrintedValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** Scientific notation where the magnitudes lie far apart, else `1.` or `1.0000`. */
function notation(values: readonly number[], precision: number): (value: number) => string {
  const magnitudes = values.filter(isNonzeroFinite).map(Math.abs);
  const smallest = Math.min(...magnitudes);
  const largest = Math.max(...magnitudes);
  if (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4) {
    return (value) => scientific(value, precision);
  }
  if (magnitudes.every(Number.isInteger)) {
    return (value) => (Number.isFinite(value) ? `${fixed(value, 0)}.` : fixed(value, 0));
  }
  return (value) => fixed(value, precision);
}

function isNonzeroFinite(value: number): boolean {
  return value !== 0 && Number.isFinite(value);
}

/** Python's `f'{value:.4f}'`, for magnitudes below 1e21. */
function fixed(value: number, numDigits: number): string {
  if (!Number.isFinite(value)) return writeSpecial(value);
  const exact = Math.abs(value).toFixed(100);
  const rounded = roundTieToEven(
    Math.abs(value).toFixed(numDigits),
    exact.split('.')[1],
    numDigits,
  );
  return sign(value) + rounded;
}

/** Python's `f'{value:.4e}'`, whose exponent has two digits at least. */
function scientific(value: number, numDigits: number): string {
  if (!Number.isFinite(value)) return writeSpecial(value);
  const [exact] = Math.abs(value).toExponential(100).split('e');
  const [digits = '', exponent = ''] = Math.abs(value).toExponential(numDigits).split('e');
  const rounded = roundTieToEven(digits, exact?.split('.')[1], numDigits);
  return `${sign(value)}${rounded}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/**
 * JavaScript rounds a tie away from zero, Python to an even digit. `fraction` holds the exact digits
 * after the point. An odd last digit is never 0, so taking one from it borrows nothing.
 */
function roundTieToEven(rounded: string, fraction = '', numDigits: number): string {
  const lastDigit = Number(rounded.at(-1));
  const isTie = /^50*$/.test(fraction.slice(numDigits));
  return isTie && lastDigit % 2 === 1 ? `${rounded.slice(0, -1)}${lastDigit - 1}` : rounded;
}

function sign(value: number): string {
  return value < 0 || Object.is(value, -0) ? '-' : '';
}

function writeSpecial(value: number): string {
  return Number.isNaN(value) ? 'nan' : `${value < 0 ? '-' : ''}inf`;
}

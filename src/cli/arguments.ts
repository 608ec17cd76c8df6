/** What several commands need to read their options and to print. */
import { once } from 'node:events';
import { InvalidArgumentError } from 'commander';
import type { Device } from '../tensor/index.ts';

/** Reads a whole number from 1, for commander. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('must be a whole number from 1');
}

/** Reads a whole number from 0, for commander. */
export function wholeNumberFrom0(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('must be a whole number from 0');
}

/** Reads a finite number, for commander. */
export function decimal(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('must be a number');
}

/** Reads the name of a device, for commander. */
export function device(text: string): Device {
  if (/^(cpu|cuda(:\d+)?)$/.test(text)) return text as Device;
  throw new InvalidArgumentError('must be cpu or cuda, with a number as in cuda:1 if need be');
}

/** Writes to standard output, and waits where whoever reads it is slower than we are. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

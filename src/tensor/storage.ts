/** Tensor data from and to files, by position, without a copy through JavaScript. */
import type { Dtype } from './dtype.ts';
import { empty } from './generated/functions.ts';
import { handleOf } from './handle.ts';
import { native } from './native.ts';
import type { Tensor } from './tensor.ts';

/** An uninitialised CPU tensor, to be read into. */
export function emptyTensor(shape: readonly number[], dtype: Dtype): Tensor {
  return empty(shape, { dtype });
}

/**
 * Fills a contiguous CPU tensor with the bytes at `position` of an open file.
 * @throws TensorError when the file ends before the tensor is full, or cannot be read.
 */
export function readIntoTensor(tensor: Tensor, fd: number, position: number): void {
  native().readFromFile(handleOf(tensor), fd, position);
}

/**
 * Writes all elements of a tensor, in row-major order, at `position` of an open file.
 * @throws TensorError when the file cannot be written.
 */
export function writeFromTensor(tensor: Tensor, fd: number, position: number): void {
  native().writeToFile(handleOf(tensor), fd, position);
}

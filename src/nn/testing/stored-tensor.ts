/** Tensors as the fixtures of tools/fixtures/nn.py hold them. */
import { type Dtype, type Tensor, tensor } from '../../tensor/index.ts';

export interface Stored {
  shape: number[];
  values: (number | boolean)[];
}

/** Relative to the largest magnitude of each tensor. */
const tolerance = { float32: 1e-5, float64: 1e-12 } as const;

/** Stored values as a tensor of any dtype that holds them. */
export function restore({ shape, values }: Stored, dtype: Dtype): Tensor {
  if (dtype === 'int64') return tensor(BigInt64Array.from(values, BigInt), { shape });
  if (dtype === 'bool') return tensor(Uint8Array.from(values, Number), { shape, dtype });
  return tensor(Float64Array.from(values, Number), { shape, dtype });
}

/** What the gradient of a result is multiplied with: `weights_like` of tools/fixtures/nn.py. */
export function weightsLike({ shape, dtype, numElements }: Tensor): Tensor {
  const weightOf = (i: number) => ((i * 37 + 11) % 101) / 101 - 0.4;
  const weights = Float64Array.from({ length: numElements }, (_, i) => weightOf(i));
  return tensor(weights, { shape, dtype });
}

/** How a tensor differs from what PyTorch gave, if it does. */
export function difference(
  name: string,
  actual: Tensor | null,
  expected: Stored,
  dtype: 'float32' | 'float64',
): string | undefined {
  if (actual === null) return `${name}: none`;
  if (String(actual.shape) !== String(expected.shape)) return `${name}: shape [${actual.shape}]`;
  if (actual.dtype !== dtype) return `${name}: ${actual.dtype}`;
  const wanted = expected.values.map(Number);
  const errors = [...actual.toTypedArray()].map((x, i) => Math.abs(Number(x) - (wanted[i] ?? NaN)));
  const largest = wanted.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const error = Math.max(...errors) / Math.max(largest, 1e-3);
  return error <= tolerance[dtype] ? undefined : `${name}: off by ${error}`;
}

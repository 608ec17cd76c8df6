/** The elements of a tensor where their values are wanted, not their bits. */
import type { TensorData } from './dtype.ts';
import type { Tensor } from './tensor.ts';

/** All elements in row-major order; float16 and bfloat16 widened to float32. */
export function readElements(source: Tensor): TensorData {
  if (source.dtype !== 'float16' && source.dtype !== 'bfloat16') return source.toTypedArray();
  using widened = source.to({ dtype: 'float32' });
  return widened.toTypedArray();
}

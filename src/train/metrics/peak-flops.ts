/** What the machine can do, as far as one can measure it. */
import {
  cudaSynchronize,
  type Device,
  type Dtype,
  noGrad,
  ones,
  scope,
} from '../../tensor/index.ts';

const numProducts = 10;

/**
 * FLOP/s of large matrix products: the best of ten products of square matrices, in about a second.
 * A utilisation against it says how near training comes to what the library reaches at best; data
 * sheets promise more, so say which of the two a number was taken against.
 *
 * @param dtype of the factors: float32, or bfloat16 for a run in bf16
 */
export function measurePeakFlops(dtype: Dtype, device: Device = 'cpu'): number {
  const isCuda = device !== 'cpu';
  const size = isCuda ? 8192 : 1024;
  return noGrad(() =>
    scope(() => {
      const factor = ones([size, size], { dtype, device });
      let bestSeconds = Number.POSITIVE_INFINITY;
      for (let product = 0; product < numProducts; product++) {
        const start = performance.now();
        scope(() => {
          factor.matmul(factor);
          if (isCuda) cudaSynchronize();
        });
        bestSeconds = Math.min(bestSeconds, (performance.now() - start) / 1000);
      }
      return (2 * size ** 3) / bestSeconds;
    }),
  );
}

/** Newton–Schulz iteration of Muon. Shapes: N matrices of R rows and C columns. */
import type { Dtype, Tensor } from '../tensor/index.ts';

/** Coefficients of the quintic iteration: steepest at zero (Jordan et al. 2024). */
const [a, b, c] = [3.4445, -4.775, 2.0315];

/**
 * About U Vᵀ of the singular value decomposition U S Vᵀ of each of some matrices [N, R, C]: its
 * singular values become 0.7 to 1.2. The iteration X ← aX + (bA + cA²)X with A = X Xᵀ works on the
 * smaller side.
 */
export function orthogonalize(matrices: Tensor, numIterations: number, dtype: Dtype): Tensor {
  const isTall = matrices.size(1) > matrices.size(2);
  let x = (isTall ? matrices.transpose(1, 2) : matrices).to({ dtype });
  x = x.div(x.linalgVectorNorm(2, [1, 2], true).clampMin(1e-7));
  for (let i = 0; i < numIterations; i++) {
    const gram = x.bmm(x.transpose(1, 2));
    const polynomial = gram.baddbmm(gram, gram, { beta: b, alpha: c });
    x = x.baddbmm(polynomial, x, { beta: a });
  }
  return (isTall ? x.transpose(1, 2) : x).to({ dtype: matrices.dtype });
}

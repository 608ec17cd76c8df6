/** Gradient clipping by the global norm (Pascanu, Mikolov & Bengio 2013, arXiv 1211.5063). */
import { AthanorError } from '../base/index.ts';
import { foreachMul_, foreachNorm, noGrad, scope, stack, type Tensor } from '../tensor/index.ts';
import { checkNotNegative } from './parameter-group.ts';

/** A gradient is NaN or infinite. Nothing was changed; the step must be skipped. */
export class NonFiniteGradientError extends AthanorError {
  override readonly name = 'NonFiniteGradientError';
}

/**
 * Scales all gradients together so that the norm of their concatenation is at most `maxNorm`
 * (float32 L2). One value comes back to the host, whatever the number of parameters.
 *
 * @param maxNorm Infinity only checks that all are finite
 * @param scale multiplies all gradients before: 1 / tokens makes those of a mean of those of a sum, in
 *   the same pass over memory
 * @returns the norm before clipping, of scaled gradients
 * @throws NonFiniteGradientError, naming the parameters, before anything is changed.
 */
export function clipGradNorm(
  parameters: ReadonlyMap<string, Tensor>,
  maxNorm: number,
  scale = 1,
): number {
  if (maxNorm !== Number.POSITIVE_INFINITY) checkNotNegative('maxNorm', maxNorm);
  return scope(() =>
    noGrad(() => {
      const named = [...parameters].flatMap(([name, { grad }]) =>
        grad === null ? [] : [{ name, grad }],
      );
      if (named.length === 0) return 0;
      const gradients = named.map(({ grad }) => grad);
      const norms = stack(foreachNorm(gradients));
      const norm = norms.linalgVectorNorm().mul(scale);
      const value = norm.item();
      if (!Number.isFinite(value))
        refuse(
          named.map(({ name }) => name),
          norms,
        );
      // 1e-6 as in PyTorch, so that both give the same gradients.
      const factor = norm.add(1e-6).reciprocal().mul(maxNorm).clampMax(1);
      foreachMul_(gradients, factor.mul(scale));
      return value;
    }),
  );
}

function refuse(names: readonly string[], norms: Tensor): never {
  const finite = norms.isfinite().toArray() as boolean[];
  const bad = names.filter((_, i) => finite[i] === false);
  throw new NonFiniteGradientError({
    what: 'every gradient',
    must: 'be finite before an update',
    got:
      bad.length === 0
        ? 'an infinite norm of all together'
        : `NaN or infinity in ${bad.join(', ')}`,
    hint: 'skip this step; if it comes back, lower the learning rate or look at the batch',
  });
}

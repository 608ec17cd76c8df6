/**
 * Identities that hold before the first update, whatever the models and the data are: policy and
 * reference are the same weights, and the answers were just measured. A run in which one does not
 * hold is set up wrongly, and would go on without an error for hours.
 */
import { StoppedByGuardError } from '../base/index.ts';
import { noGrad, scope, type Tensor } from '../tensor/index.ts';
import { maskedMean } from './masked.ts';

/** Two measurements of the same tokens, which should be equal. Shapes: [B, T]. */
export interface StepZeroTerms {
  logprobs: Tensor;
  /** Of the reference, of an earlier pass, of the generation engine: whatever must be equal. */
  otherLogprobs: Tensor;
  /** Whitened. Left out where only log-probabilities are compared. */
  advantages?: Tensor;
  /** bool: the tokens. */
  mask: Tensor;
}

/** How far they are apart. */
export interface StepZeroMeasure {
  /** The largest and the mean |log π − log π_other| of a token, in nats. */
  maxKl: number;
  meanDistance: number;
  /** |mean of log π − log π_other|, the KL of a token: roundings up and down leave little of it. */
  meanKl: number;
  /** The largest |ρ − 1|. */
  maxRatioError: number;
  /** |mean| of the whitened advantages. */
  advantageMean: number;
}

/** The most that is rounding. What is left out may be anything. */
export type StepZeroLimits = Partial<StepZeroMeasure>;

/**
 * - `samePath`: the same program on the same batch gives the same bits, in any dtype.
 * - `fp32`: another batch size, padding, or a cache add numbers in another order.
 * - `bf16`: likewise, with 8 bits.
 */
export const stepZeroLimits = {
  samePath: { maxKl: 0, meanDistance: 0, meanKl: 0, maxRatioError: 0, advantageMean: 1e-6 },
  fp32: { maxKl: 2e-5, meanKl: 1e-6, maxRatioError: 2e-5, advantageMean: 1e-6 },
  bf16: { meanDistance: 0.02, advantageMean: 1e-6 },
} as const satisfies Record<string, StepZeroLimits>;

export function measureStepZero(terms: StepZeroTerms): StepZeroMeasure {
  return noGrad(() =>
    scope(() => {
      const { mask, advantages } = terms;
      const difference = terms.logprobs.sub(terms.otherLogprobs).to({ dtype: 'float64' });
      const distance = difference.maskedFill(mask.logicalNot(), 0);
      const mean = advantages === undefined ? 0 : maskedMean(advantages, mask).item();
      return {
        maxKl: distance.abs().max().item(),
        meanDistance: maskedMean(distance.abs(), mask).item(),
        meanKl: Math.abs(maskedMean(distance, mask).item()),
        maxRatioError: distance.expm1().abs().max().item(),
        advantageMean: Math.abs(mean),
      };
    }),
  );
}

const names: Record<keyof StepZeroMeasure, string> = {
  maxKl: 'the largest KL of a token',
  meanDistance: 'the mean distance of two log-probabilities',
  meanKl: 'the mean KL of a token',
  maxRatioError: 'the largest distance of a ratio from 1',
  advantageMean: 'the mean of the whitened advantages',
};

/**
 * Stops a run that begins wrongly.
 *
 * @param what was compared, such as `policy and reference before the first update`
 * @throws StoppedByGuardError that names the identity, the limit and what was measured. NaN breaks
 *   every limit.
 */
export function checkStepZero(
  what: string,
  measured: StepZeroMeasure,
  limits: StepZeroLimits,
): void {
  for (const [name, limit] of Object.entries(limits) as [keyof StepZeroMeasure, number][]) {
    if (measured[name] <= limit) continue;
    throw new StoppedByGuardError({
      what: `${what}: ${names[name]}`,
      must: limit === 0 ? 'be exactly 0' : `be at most ${limit}`,
      got: measured[name].toPrecision(4),
      hint:
        name === 'advantageMean'
          ? 'whiten over tokens alone, with the mask of the policy'
          : 'give both the same weights, temperature, positions and tokens, and turn dropout off',
    });
  }
}

/** The two losses of PPO (Schulman et al. 2017, arXiv 1707.06347). Shapes: B answers, T tokens. */
import { noGrad, type Tensor } from '../tensor/index.ts';
import { maskedMean } from './masked.ts';

/** What the policy's loss looks at, each [B, T]; all but `logprobs` are constants. */
export interface PolicyTerms {
  /** log π of each token, now, with its graph. */
  logprobs: Tensor;
  /** log π when the answers were taken, by the same forward pass. */
  oldLogprobs: Tensor;
  /** Whitened. */
  advantages: Tensor;
  /** bool: true for tokens, false for padding. */
  mask: Tensor;
}

/** PPO's ε in both losses (Ziegler et al. 2019, InstructGPT). */
const defaultClip = 0.2;

/**
 * The clipped surrogate (Eq. 7), as a loss, and a mean over tokens:
 *
 *     ρ = π / π_old          max(−A ρ, −A clip(ρ, 1 − ε, 1 + ε))
 *
 * Padding has the ratio 1 and no gradient, whatever stands there.
 *
 * @returns a scalar
 */
export function policyLoss(terms: PolicyTerms, { clip = defaultClip } = {}): Tensor {
  const ratio = ratioOf(terms);
  const loss = terms.advantages.neg().mul(ratio);
  const clipped = terms.advantages.neg().mul(ratio.clamp(1 - clip, 1 + clip));
  return maskedMean(loss.maximum(clipped), terms.mask);
}

/** What the value function's loss looks at, each [B, T]; all but `values` are constants. */
export interface ValueTerms {
  /** V of the state before each token, now, with its graph. */
  values: Tensor;
  /** V when the answers were taken. */
  oldValues: Tensor;
  returns: Tensor;
  /** bool: the places that count, as in the advantages. */
  mask: Tensor;
}

/**
 * The value function's loss, with values that may move by ε at most (Ziegler et al. 2019, code):
 *
 *     ½ max((V − R)², (clip(V, V_old − ε, V_old + ε) − R)²)
 *
 * @returns a scalar, a mean over places. It joins the policy's loss times 0.1 where both share a
 *   network, and stands for itself where they do not.
 */
export function valueLoss(terms: ValueTerms, { clip = defaultClip } = {}): Tensor {
  const padding = terms.mask.logicalNot();
  const returns = terms.returns.maskedFill(padding, 0);
  const values = terms.values.maskedFill(padding, 0);
  const oldValues = terms.oldValues.maskedFill(padding, 0);
  const clipped = values.clamp(oldValues.sub(clip), oldValues.add(clip));
  const loss = values.sub(returns).square().maximum(clipped.sub(returns).square());
  return maskedMean(loss, terms.mask).mul(0.5);
}

/** What the ratios of an update tell of its health. */
export interface RatioSigns {
  /** Over tokens. 1 before the first update. */
  ratioMean: number;
  /** The share of tokens whose gradient the clip cut off. */
  clipFraction: number;
  /** ½ mean (log ρ)²: how far the policy is from the one that answered, in nats a token. */
  approximateKl: number;
}

/** Measured without a gradient, of the terms of {@link policyLoss}. */
export function ratioSigns(terms: PolicyTerms, { clip = defaultClip } = {}): RatioSigns {
  return noGrad(() => {
    const ratio = ratioOf(terms);
    const negated = terms.advantages.neg();
    const isCut = negated.mul(ratio.clamp(1 - clip, 1 + clip)).gt(negated.mul(ratio));
    return {
      ratioMean: maskedMean(ratio, terms.mask).item(),
      clipFraction: maskedMean(isCut.to({ dtype: ratio.dtype }), terms.mask).item(),
      approximateKl: maskedMean(ratio.log().square().mul(0.5), terms.mask).item(),
    };
  });
}

function ratioOf({ logprobs, oldLogprobs, mask }: PolicyTerms): Tensor {
  const padding = mask.logicalNot();
  return logprobs.maskedFill(padding, 0).sub(oldLogprobs.maskedFill(padding, 0)).exp();
}

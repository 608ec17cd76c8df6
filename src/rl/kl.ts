/**
 * Estimates of the KL divergence from samples (Schulman 2020, "Approximating KL Divergence"), and
 * how much of it a reward is charged for.
 */
import { ConfigError } from '../base/index.ts';
import type { Tensor } from '../tensor/index.ts';

/**
 * Of one token, with r = π_ref(token) / π(token):
 *
 * - `k1` = −log r, unbiased, of either sign. In the *reward* it is InstructGPT's penalty, and the
 *   only one of the three whose return has the gradient of the KL.
 * - `k2` = (log r)² / 2, biased and never negative. As a *loss* its gradient is that of the KL.
 * - `k3` = (r − 1) − log r, unbiased and never negative: the quietest one to *log*. As a reward or a
 *   loss it is another objective.
 */
export type KlEstimator = 'k1' | 'k2' | 'k3';

/**
 * KL(π ‖ π_ref) estimated at each token.
 *
 * @param logprobs log π of tokens that were drawn from π, of any shape
 * @param referenceLogprobs log π_ref of the same tokens, at the same temperature
 */
export function klEstimate(
  logprobs: Tensor,
  referenceLogprobs: Tensor,
  estimator: KlEstimator = 'k1',
): Tensor {
  const logRatio = referenceLogprobs.sub(logprobs);
  if (estimator === 'k1') return logRatio.neg();
  if (estimator === 'k2') return logRatio.square().mul(0.5);
  // Near 0 the difference is all rounding, which must not become a negative distance.
  return logRatio.expm1().sub(logRatio).clampMin(0);
}

/** How β, the price of a nat of KL, is set. */
export type KlControl =
  | { type: 'fixed'; beta: number }
  | {
      type: 'adaptive';
      /** At the start. */
      beta: number;
      /** Nats of KL of a whole answer. */
      target: number;
      /** Episodes in which β may change by about a fifth. */
      horizon: number;
    };

/** InstructGPT (Ouyang et al. 2022, arXiv 2203.02155, appendix C.4). */
export const instructGptKl: KlControl = { type: 'fixed', beta: 0.02 };

/** Ziegler et al. 2019, section 2.2 and released code. */
export const zieglerKl: KlControl = { type: 'adaptive', beta: 0.15, target: 6, horizon: 10_000 };

/**
 * β after a batch of episodes. Adaptive (Ziegler et al. 2019, section 2.2):
 *
 *     e = clip(KL / target − 1, −0.2, 0.2)        β ← β · (1 + e · episodes / horizon)
 *
 * @param meanKl of whole answers: the mean over answers of the sum over tokens, in nats
 */
export function nextBeta(
  control: KlControl,
  beta: number,
  meanKl: number,
  numEpisodes: number,
): number {
  if (control.type === 'fixed') return beta;
  const error = Math.min(0.2, Math.max(-0.2, meanKl / control.target - 1));
  return beta * (1 + (error * numEpisodes) / control.horizon);
}

/** @throws ConfigError for a β below 0, or a target or horizon that is not above 0. */
export function checkKlControl(control: KlControl, path = 'kl'): void {
  if (!(control.beta >= 0 && control.beta < Infinity)) refuse('beta', '0 or more', control.beta);
  if (control.type === 'fixed') return;
  for (const name of ['target', 'horizon'] as const) {
    if (!(control[name] > 0 && control[name] < Infinity)) refuse(name, 'above 0', control[name]);
  }

  function refuse(name: string, range: string, got: number): never {
    throw new ConfigError({ what: `${path}.${name}`, must: `be ${range}`, got: String(got) });
  }
}

/** Shapes: B answers, T tokens. */
import { stack, type Tensor } from '../tensor/index.ts';

export interface AdvantageOptions {
  /** Discount of what comes a token later. Default: 1, no discount (InstructGPT). */
  gamma?: number;
  /** Between one step ahead (0) and the whole rest of the answer (1). Default: 0.95. */
  lambda?: number;
}

/**
 * Generalized advantage estimation (Schulman et al. 2016, arXiv 1506.02438, Eq. 11 and 16):
 *
 *     δ_t = r_t + γ V_{t+1} − V_t          A_t = δ_t + γ λ A_{t+1}          R_t = A_t + V_t
 *
 * Returns are made of the advantages as they are; whiten those only afterwards.
 *
 * @param rewards [B, T]
 * @param values V of the state before each token, [B, T]
 * @param mask bool[B, T]: which places count. Behind them there is nothing to come: V is 0 there.
 * @returns both [B, T], 0 where the mask is false
 */
export function generalizedAdvantages(
  rewards: Tensor,
  values: Tensor,
  mask: Tensor,
  { gamma = 1, lambda = 0.95 }: AdvantageOptions = {},
): { advantages: Tensor; returns: Tensor } {
  const padding = mask.logicalNot();
  const reward_TB = rewards.maskedFill(padding, 0).unbind(1);
  const value_TB = values.maskedFill(padding, 0).unbind(1);
  const advantage_TB: Tensor[] = [];
  for (let t = reward_TB.length - 1; t >= 0; t--) {
    const [reward, value, nextValue] = [
      reward_TB[t] as Tensor,
      value_TB[t] as Tensor,
      value_TB[t + 1],
    ];
    const ahead = nextValue === undefined ? reward : reward.add(nextValue.mul(gamma));
    const delta = ahead.sub(value);
    const later = advantage_TB[0];
    advantage_TB.unshift(later === undefined ? delta : delta.add(later.mul(gamma * lambda)));
  }
  const advantages = stack(advantage_TB, 1);
  return { advantages, returns: advantages.add(values.maskedFill(padding, 0)) };
}

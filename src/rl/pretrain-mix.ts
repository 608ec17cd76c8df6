import type { Tensor } from '../tensor/index.ts';

/** How much of pre-training goes on beside the reinforcement: PPO-ptx. */
export interface PretrainMix {
  /** γ of Eq. 2: what the gradient of the pre-training loss is multiplied with. InstructGPT: 27.8. */
  gamma: number;
  /** Pre-training examples for each episode. InstructGPT: 8. */
  ratio: number;
}

/** InstructGPT's numbers (Ouyang et al. 2022, arXiv 2203.02155, appendix C.4). */
export const instructGptMix: PretrainMix = { gamma: 27.8, ratio: 8 };

/**
 * The last term of InstructGPT's Eq. 2, γ E_{x∼D_pretrain}[log π(x)]: adds its gradient to the
 * gradients of the policy's own loss, in a pass of its own, before one step of the optimizer.
 *
 * γ multiplies the gradient of the *mean* over the tokens of all pre-training examples of the step.
 * A sum over tokens, or a mean of each of many micro-batches without a division, would be another γ
 * by orders of magnitude, and is what such runs are known to diverge on.
 *
 * @param loss the mean −log π over the tokens of one micro-batch
 * @param numMicroBatches of equally many tokens, in this step
 */
export function addPretrainGradient(loss: Tensor, gamma: number, numMicroBatches: number): void {
  loss.mul(gamma / numMicroBatches).backward();
}

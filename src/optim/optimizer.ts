/** What every optimizer is to its caller. */
import type { Tensor } from '../tensor/index.ts';

export interface Optimizer {
  /** The parameters that it changes, by path. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /**
   * Changes every parameter that has a gradient, by one step at this learning rate.
   * @throws ConfigError for a rate that is negative or no number.
   */
  step(learningRate: number): void;
  /** Forgets all gradients and frees their memory. */
  zeroGrad(): void;
  /** Moments and step counts by name, the live tensors: what a checkpoint stores. */
  stateDict(): Map<string, Tensor>;
  /** Copies a saved state into this optimizer's tensors, all or none. */
  loadStateDict(state: ReadonlyMap<string, Tensor>): void;
  /** Frees the state. */
  dispose(): void;
}

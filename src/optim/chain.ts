/** Several optimizers that step together, each with its own parameters. */
import { copyState } from '../nn/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { Optimizer } from './optimizer.ts';

/**
 * For example Muon for the matrices of hidden layers and AdamW for the rest:
 *
 *     new OptimizerChain({ muon: new Muon([…]), adamw: new AdamW([…]) })
 */
export class OptimizerChain implements Optimizer {
  readonly #parts: Map<string, Optimizer>;

  constructor(parts: Record<string, Optimizer>) {
    this.#parts = new Map(Object.entries(parts));
  }

  step(learningRate: number): void {
    for (const part of this.#parts.values()) part.step(learningRate);
  }

  zeroGrad(): void {
    for (const part of this.#parts.values()) part.zeroGrad();
  }

  /** The states of all parts, each name with its part's in front. */
  stateDict(): Map<string, Tensor> {
    const named = [...this.#parts].flatMap(([part, optimizer]) =>
      [...optimizer.stateDict()].map(([name, state]): [string, Tensor] => [
        `${part}.${name}`,
        state,
      ]),
    );
    return new Map(named);
  }

  loadStateDict(state: ReadonlyMap<string, Tensor>): void {
    copyState(this.stateDict(), state);
  }

  dispose(): void {
    for (const part of this.#parts.values()) part.dispose();
  }
}

/** Several optimizers that step together, each with its own parameters. */
import { copyState } from '../nn/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { Optimizer } from './optimizer.ts';
import { refuseShared } from './parameter-group.ts';

/**
 * For example Muon for the matrices of hidden layers and AdamW for the rest:
 *
 *     new OptimizerChain({ muon: new Muon([…]), adamw: new AdamW([…]) })
 */
export class OptimizerChain implements Optimizer {
  readonly #parts: Map<string, Optimizer>;

  /** @throws ConfigError for a parameter that two of them would change. */
  constructor(parts: Record<string, Optimizer>) {
    this.#parts = new Map(Object.entries(parts));
    refuseShared([...this.#parts.values()].map(({ parameters }) => parameters));
  }

  get parameters(): Map<string, Tensor> {
    return new Map([...this.#parts.values()].flatMap(({ parameters }) => [...parameters]));
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

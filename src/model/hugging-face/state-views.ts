import { copyState, type StateDict } from '../../nn/index.ts';
import { keep, noGrad, scope, type Tensor } from '../../tensor/index.ts';

/**
 * Weights of a model under the names of a file, as views: what is loaded is in the model at once. Make
 * it after `to(device)`, as an optimizer; dispose of it before the model.
 */
export abstract class StateViews implements Disposable {
  readonly #views: ReadonlyMap<string, Tensor>;

  /** @param make the views, without gradients; they are kept */
  constructor(make: () => ReadonlyMap<string, Tensor>) {
    this.#views = noGrad(() =>
      scope(() => {
        const views = make();
        for (const view of views.values()) keep(view);
        return views;
      }),
    );
  }

  /** The live tensors, by their names in the file. */
  stateDict(): Map<string, Tensor> {
    return new Map(this.#views);
  }

  /**
   * Copies saved values into the model, all or none.
   * @throws ConfigError that lists every missing, unexpected and misshapen tensor.
   */
  loadStateDict(state: StateDict): void {
    copyState(this.#views, state);
  }

  /** Frees the views; the model keeps its parameters. */
  dispose(): void {
    for (const view of this.#views.values()) view.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** The weights of a model under the names of Hugging Face. */
import { copyState, type StateDict } from '../../nn/index.ts';
import { keep, noGrad, scope, type Tensor } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import type { Architecture } from './architecture.ts';
import { architectureOf } from './architectures.ts';

/**
 * A model's parameters as the tensors of `model.safetensors`: in the names and layouts of the
 * architecture that `huggingFaceConfig` chooses. They are views, so saving and loading go without a
 * copy in between, and what is loaded is in the model at once. Make it after `to(device)`, as an
 * optimizer; dispose of it before the model.
 */
export class HuggingFaceState implements Disposable {
  readonly architecture: Architecture;
  readonly #views: ReadonlyMap<string, Tensor>;

  constructor(model: Gpt) {
    this.architecture = architectureOf(model.config);
    this.#views = noGrad(() =>
      scope(() => {
        const views = this.architecture.views(model);
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

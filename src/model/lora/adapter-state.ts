/** The adapters of a model under the names of Python's `peft`. */
import { copyState, type LowRankAdapter, type StateDict } from '../../nn/index.ts';
import { keep, noGrad, scope, type Tensor } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import { architectureOf } from '../hugging-face/architectures.ts';

/** What PEFT puts before the names of `transformers`. */
export const peftPrefix = 'base_model.model.';

/**
 * What LoRA trains, as the tensors of `adapter_model.safetensors`: views, so that what is loaded is in
 * the model at once. A checkpoint of LoRA holds these in place of the whole model's. Make it after
 * `to(device)`, as an optimizer; dispose of it before the model.
 */
export class AdapterState implements Disposable {
  readonly #views: ReadonlyMap<string, Tensor>;

  /** @param model with adapters */
  constructor(model: Gpt) {
    this.#views = noGrad(() =>
      scope(() => {
        const views = new Map<string, Tensor>();
        for (const [name, { loraA, loraB }] of namedAdapters(model)) {
          views.set(`${peftPrefix}${name}.lora_A.weight`, keep(loraA.detach()));
          views.set(`${peftPrefix}${name}.lora_B.weight`, keep(loraB.detach()));
        }
        for (const [name, weight] of trainedEmbeddings(model)) {
          views.set(`${peftPrefix}${name}.weight`, keep(weight.detach()));
        }
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

/** The adapters by the names of the layers that they are on, in the order of the model. */
export function namedAdapters(model: Gpt): Map<string, LowRankAdapter> {
  const linears = architectureOf(model.config).linears(model);
  return new Map(
    [...linears].flatMap(([name, { linear, start }]) =>
      linear.adapters
        .filter((adapter) => adapter.start === start)
        .map((adapter): [string, LowRankAdapter] => [name, adapter]),
    ),
  );
}

/** Token embedding and output layer, by their names, where LoRA trains them in full. */
export function trainedEmbeddings(model: Gpt): Map<string, Tensor> {
  const { embedding, output } = architectureOf(model.config);
  const all: [string, Tensor][] = [
    [embedding, model.tokenEmbedding.weight],
    [output, model.outputLayer.weight],
  ];
  return new Map(all.filter(([, { requiresGrad }]) => requiresGrad));
}

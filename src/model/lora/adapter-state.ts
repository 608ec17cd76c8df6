/** The adapters of a model under the names of Python's `peft`. */
import type { LowRankAdapter } from '../../nn/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import { architectureOf } from '../hugging-face/architectures.ts';
import { StateViews } from '../hugging-face/state-views.ts';

/** What PEFT puts before the names of `transformers`. */
export const peftPrefix = 'base_model.model.';

/**
 * What LoRA trains, as the tensors of `adapter_model.safetensors`. A checkpoint of LoRA holds these
 * in place of the whole model's.
 */
export class AdapterState extends StateViews {
  /** @param model with adapters */
  constructor(model: Gpt) {
    super(() => {
      const views = new Map<string, Tensor>();
      for (const [name, { loraA, loraB }] of namedAdapters(model)) {
        views.set(`${peftPrefix}${name}.lora_A.weight`, loraA.detach());
        views.set(`${peftPrefix}${name}.lora_B.weight`, loraB.detach());
      }
      for (const [name, weight] of trainedEmbeddings(model)) {
        views.set(`${peftPrefix}${name}.weight`, weight.detach());
      }
      return views;
    });
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

/** The weights of a model under the names of Hugging Face. */
import type { Gpt } from '../gpt.ts';
import type { Architecture } from './architecture.ts';
import { architectureOf } from './architectures.ts';
import { StateViews } from './state-views.ts';

/**
 * A model's parameters as the tensors of `model.safetensors`: in the names and layouts of the
 * architecture that `huggingFaceConfig` chooses. They are views, so saving and loading go without a
 * copy in between.
 */
export class HuggingFaceState extends StateViews {
  readonly architecture: Architecture;

  constructor(model: Gpt) {
    const architecture = architectureOf(model.config);
    super(() => architecture.views(model));
    this.architecture = architecture;
  }
}

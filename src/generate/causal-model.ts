import type { Gpt } from '../model/index.ts';
import type { Device } from '../tensor/index.ts';

/**
 * What generation asks of a model: `forward` with positions and a cache, `logits`, the sizes of its
 * vocabulary and context, and whether it is training. `Gpt` is one; so is anything of this shape.
 */
export interface CausalModel
  extends Pick<Gpt, 'forward' | 'logits' | 'train' | 'training' | 'parameters'> {
  readonly config: Pick<Gpt['config'], 'vocabSize' | 'contextLength'>;
}

/** Where a model's parameters are. */
export function deviceOf(model: CausalModel): Device {
  const [first] = model.parameters().values();
  return first?.device ?? 'cpu';
}

/** Runs `body` with the model's dropout off. Cheapest when the model is in `eval()` already. */
export function evaluating<T>(model: CausalModel, body: () => T): T {
  if (!model.training) return body();
  model.train(false);
  try {
    return body();
  } finally {
    model.train(true);
  }
}

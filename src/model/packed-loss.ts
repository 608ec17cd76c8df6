/** The loss of a packed batch. Shapes: B batch, T positions, N targets, C hidden. */
import type { PackedBatch } from '../batches/index.ts';
import { backwardBySegments } from '../nn/index.ts';
import type { Tensor } from '../tensor/index.ts';
import type { Gpt } from './gpt.ts';
import type { GptOptions } from './gpt-options.ts';

/** The sum of the losses of all targets of a batch, a scalar; other places have no logits. */
export function packedLoss(model: Gpt, batch: PackedBatch): Tensor {
  return lossOfPlaces(model, model.forward(batch.tokens, optionsOf(batch)), batch);
}

/**
 * Adds the gradients of {@link packedLoss} to the parameters, with the memory of one layer at a time.
 *
 * @param seed of dropout
 * @returns the loss
 */
export function packedBackwardBySegments(model: Gpt, batch: PackedBatch, seed: bigint): number {
  const segments = model.segments(batch.tokens.size(1), optionsOf(batch));
  const loss = (hidden: Tensor) => lossOfPlaces(model, hidden, batch);
  return backwardBySegments(segments, batch.tokens, loss, seed);
}

function optionsOf(batch: PackedBatch): Omit<GptOptions, 'cache'> {
  const { tokens, positions, documents, documentLengths, targetPlaces: outputPlaces } = batch;
  // On a CPU each document's attention is computed by itself (docs/stages/sft.md has the measurement).
  const apart = tokens.device === 'cpu' ? { documentLengths } : { mask: { documents } };
  return { positions, outputPlaces, ...apart };
}

/** hidden_NC of the places that have a target. */
function lossOfPlaces(model: Gpt, hidden: Tensor, { placedTargets }: PackedBatch): Tensor {
  return model.lossOfHidden(hidden, placedTargets, { reduction: 'sum' });
}

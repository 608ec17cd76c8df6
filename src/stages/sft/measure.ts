/** The loss of answers that were held out. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PackedBatches } from '../../batches/index.ts';
import { type Gpt, packedLoss } from '../../model/index.ts';
import { noGrad, scope } from '../../tensor/index.ts';
import type { TrainingRun } from '../training/index.ts';
import type { ValidationHistory } from './validation-history.ts';

/**
 * Measures the mean loss over the assistant's tokens, tells of it and remembers it.
 * @returns whether the checkpoint of this step is to be kept for it; undefined when nothing is held out
 */
export async function measure(
  run: TrainingRun,
  validation: PackedBatches | null,
  batchSize: number,
  history: ValidationHistory,
): Promise<boolean | undefined> {
  if (validation === null) return undefined;
  const loss = await answerLoss(run.model, validation, batchSize);
  // What a resumed run finds done was told before.
  if (!run.isWhereItResumed) run.metrics.values(run.state.step - 1, { 'validation/loss': loss });
  return history.add(run.state.step, loss);
}

/** Mean over the learned tokens of one epoch, in nats; the model is in evaluation mode meanwhile. */
async function answerLoss(model: Gpt, batches: PackedBatches, batchSize: number): Promise<number> {
  const numSamples = batches.samplesOfEpochs(1);
  const sums = { loss: 0, numTargets: 0 };
  const wasTraining = model.training;
  model.eval();
  try {
    for (let first = 0; first < numSamples; first += batchSize) {
      await nextTurn();
      scope(() => {
        const batch = batches.batchAt(first, Math.min(batchSize, numSamples - first));
        sums.loss += noGrad(() => packedLoss(model, batch).item());
        sums.numTargets += batch.numTargets;
      });
    }
  } finally {
    model.train(wasTraining);
  }
  return sums.loss / sums.numTargets;
}

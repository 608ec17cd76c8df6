/** What fine-tuning leaves: a folder that is a whole model, and that of the adapter where there is one. */
import type { RunDirectory } from '../../base/index.ts';
import { exportModel, hasLora, mergeLora, saveAdapter } from '../../model/index.ts';
import { replaceFolder, type TrainingRun } from '../training/index.ts';
import type { BaseModel } from './base-model.ts';

/**
 * Writes `sft/model` with the weights of a checkpoint, adapters merged, and `sft/adapter`. Each
 * appears when it is complete. The model of the run is the merged one from then on.
 */
export async function exportSelected(
  training: TrainingRun,
  step: number,
  { tokenizer, template: chatTemplate, folder: base }: BaseModel,
  run: RunDirectory,
): Promise<void> {
  if (step !== training.state.step) await training.loadWeights(step);
  const { model } = training;
  model.eval();
  if (hasLora(model)) {
    replaceFolder(run.file('sft', 'adapter'), (folder) =>
      saveAdapter(model, folder, { base, tokenizer, chatTemplate }),
    );
    mergeLora(model);
  }
  replaceFolder(run.file('sft', 'model'), (folder) =>
    exportModel(model, tokenizer, folder, { chatTemplate }),
  );
}

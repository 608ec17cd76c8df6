/** `athanor merge`: an adapter and its base as one model. */
import type { Command } from 'commander';
import { UsageError } from '../base/index.ts';
import { print } from './arguments.ts';
import { chatTemplateOfModel, findModelFolder } from './model-source.ts';

/** Adds the command to the program; LibTorch is loaded when it runs. */
export function addMergeCommand(program: Command): void {
  program
    .command('merge')
    .description('add an adapter of LoRA into its base, and write the whole model')
    .argument('<adapter>', 'a run, or a folder with adapter_config.json')
    .argument('<folder>', 'where to write the model; must not hold one')
    .action(merge);
}

async function merge(source: string, target: string): Promise<void> {
  const folder = await findModelFolder(source);
  const { exportModel, isAdapterFolder, loadModel } = await import('../model/index.ts');
  if (!isAdapterFolder(folder)) {
    const hint = 'a whole model needs no merging';
    throw new UsageError({ what: folder, must: 'hold an adapter', got: 'a whole model', hint });
  }
  const { model, tokenizer, generationConfig } = await loadModel(folder);
  try {
    const chatTemplate = await chatTemplateOfModel(folder, tokenizer);
    const names = exportModel(model, tokenizer, target, {
      generationConfig,
      ...(chatTemplate && { chatTemplate }),
    });
    await print(`${target}: ${names.join(', ')}\n`);
  } finally {
    model.dispose();
  }
}

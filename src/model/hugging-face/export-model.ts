/** Whole models into folders in the form of Hugging Face. */
import { join } from 'node:path';
import { makeFolder, writeFileAtomic } from '../../base/index.ts';
import type { ChatTemplate } from '../../chat/index.ts';
import { saveSharded } from '../../tensor/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { Gpt } from '../gpt.ts';
import { modelDocuments } from './documents.ts';
import type { GenerationConfig } from './generation-config.ts';
import { HuggingFaceState } from './state.ts';

export interface ExportOptions {
  /** Of a model for conversations. */
  chatTemplate?: ChatTemplate;
  /** What goes into `generation_config.json`. Default: only where texts end. */
  generationConfig?: GenerationConfig;
  /** Tensor bytes per file. Default: 5 GB. */
  maxShardBytes?: number;
}

/**
 * Writes a model with its tokenizer into a new folder, for transformers and for `loadModel`.
 * `config.json` comes last: a folder without it was not finished.
 *
 * @returns the names of the files
 * @throws ConfigError for a tokenizer with more tokens than the model; FileError when the file
 *   system refuses or the folder holds a model already.
 */
export function exportModel(
  model: Gpt,
  tokenizer: Tokenizer,
  folder: string,
  { maxShardBytes = 5e9, ...others }: ExportOptions = {},
): string[] {
  const documents = modelDocuments({ config: model.config, tokenizer, ...others });
  makeFolder(folder);
  using state = new HuggingFaceState(model);
  const names = saveSharded(folder, state.stateDict(), { maxShardBytes });
  for (const [name, text] of Object.entries(documents).reverse()) {
    writeFileAtomic(join(folder, name), text);
  }
  return [...names, ...Object.keys(documents)];
}

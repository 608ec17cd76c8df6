/** What LoRA trained into a folder that Python's `peft` loads. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, makeFolder, writeFileAtomic } from '../../base/index.ts';
import { saveSafetensors } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import { documentNames, type ModelDescription, modelDocuments } from '../hugging-face/documents.ts';
import { adapterFiles, writeAdapterConfig } from './adapter-config.ts';
import { AdapterState, trainedEmbeddings } from './adapter-state.ts';
import { baseSha256 } from './base-identity.ts';

/** What belongs to an adapter besides its weights; without a tokenizer it uses its base's. */
export interface AdapterDescription extends Partial<Omit<ModelDescription, 'config'>> {
  /** The folder of the base model, or its name for Hugging Face: `base_model_name_or_path`. */
  base: string;
}

/**
 * File name → text of all that lies beside `adapter_model.safetensors`: `adapter_config.json`, the
 * tokenizer with its settings, and in `adapter_base.json` the hash of the base, by which
 * `loadAdapter` tells another.
 *
 * @throws ConfigError for a model without adapters, or with merged ones.
 */
export function adapterDocuments(
  model: Gpt,
  { base, tokenizer, ...description }: AdapterDescription,
): Record<string, string> {
  const config = writeAdapterConfig(model, base);
  const sha256 = baseSha256(model, new Set(trainedEmbeddings(model).keys()));
  const documents =
    tokenizer === undefined
      ? {}
      : modelDocuments({ ...description, tokenizer, config: model.config });
  // With it, the folder would pass for a whole model.
  delete documents[documentNames.config];
  return {
    ...documents,
    [adapterFiles.base]: `${JSON.stringify({ sha256 }, null, 2)}\n`,
    [adapterFiles.config]: `${JSON.stringify(config, null, 2)}\n`,
  };
}

/**
 * Writes the adapters of a model into a new folder, for `PeftModel.from_pretrained` of Python and for
 * `loadAdapter`. `adapter_config.json` comes last: a folder without it was not finished.
 *
 * @returns the names of the files
 * @throws ConfigError as {@link adapterDocuments}; FileError when the file system refuses or the
 *   folder holds an adapter already.
 */
export function saveAdapter(model: Gpt, folder: string, description: AdapterDescription): string[] {
  const documents = adapterDocuments(model, description);
  makeFolder(folder);
  if (existsSync(join(folder, adapterFiles.config))) {
    const got = adapterFiles.config;
    const hint = 'save into a new folder, or remove the old adapter first';
    throw new FileError({ what: folder, must: 'hold no adapter yet', got, hint });
  }
  using state = new AdapterState(model);
  const metadata = { format: 'pt' };
  saveSafetensors(join(folder, adapterFiles.weights), state.stateDict(), { metadata });
  for (const [name, text] of Object.entries(documents)) writeFileAtomic(join(folder, name), text);
  return [adapterFiles.weights, ...Object.keys(documents)];
}

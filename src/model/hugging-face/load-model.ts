/** Whole models from folders in the form of Hugging Face, or of PEFT. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../base/index.ts';
import { onDevice, withoutInit } from '../../nn/index.ts';
import type { Device } from '../../tensor/index.ts';
import { loadTokenizer, type Tokenizer } from '../../tokenizer/index.ts';
import { Gpt } from '../gpt.ts';
import type { ResolvedGptConfig } from '../gpt-config.ts';
import { mergeLora, removeLora } from '../lora/add-lora.ts';
import { findBase, isAdapterFolder, loadAdapter } from '../lora/load-adapter.ts';
import { gptConfigOf } from './architectures.ts';
import { checkVocabulary, documentNames } from './documents.ts';
import { type GenerationConfig, generationConfigOf } from './generation-config.ts';
import { loadWeights } from './load-weights.ts';
import { readJson } from './read-document.ts';
import { checkSavedWith } from './saved-with.ts';
import { HuggingFaceState } from './state.ts';

/** A model and what belongs to it. */
export interface LoadedModel {
  /** In evaluation mode; the caller disposes of it. */
  model: Gpt;
  tokenizer: Tokenizer;
  generationConfig: GenerationConfig;
}

export interface LoadModelOptions {
  /** Default: cpu. */
  device?: Device;
}

/**
 * Loads a folder with `config.json`, `model.safetensors` (or shards with their index) and
 * `tokenizer.json`: a checkpoint of ours, or a model by transformers. Or a folder of PEFT, with
 * `adapter_config.json` and `adapter_model.safetensors`, whose base is a folder on this machine: its
 * updates are merged into the weights, and documents that it does not have are its base's.
 *
 * @throws ConfigError for a folder that is none, a config that is wrong or asks for what we do not
 *   compute, weights of other names or shapes, a tokenizer with more tokens than the model or another
 *   one than it was saved with;
 *   FileError for damaged files. Nothing stays allocated then.
 */
export async function loadModel(
  folder: string,
  options: LoadModelOptions = {},
): Promise<LoadedModel> {
  const places = isAdapterFolder(folder) ? [folder, findBase(folder)] : [folder];
  const config = readModelConfig(places.at(-1) ?? folder);
  const placeOf = (name: string) => places.find((place) => existsSync(join(place, name)));
  const { tokenizer: tokenizerName, generation } = documentNames;
  const tokenizer = await loadTokenizer(join(placeOf(tokenizerName) ?? folder, tokenizerName));
  // An adapter may bring rows for more tokens.
  if (places.length === 1) {
    checkVocabulary(config, tokenizer);
    checkSavedWith(folder, { tokenizer });
  }
  const place = placeOf(generation);
  const generationConfig =
    place === undefined ? {} : generationConfigOf(...readJson(place, generation));
  const model = loadGpt(folder, options);
  disposeOnError(model, () => checkVocabulary(model.config, tokenizer));
  return { model, tokenizer, generationConfig };
}

/** As {@link loadModel}, without a tokenizer. */
export function loadGpt(folder: string, { device = 'cpu' }: LoadModelOptions = {}): Gpt {
  if (isAdapterFolder(folder)) {
    const model = loadGpt(findBase(folder), { device });
    disposeOnError(model, () => loadAdapter(model, folder));
    mergeLora(model);
    removeLora(model);
    return model.eval();
  }
  const config = readModelConfig(folder);
  const model = onDevice(device, () => withoutInit(() => new Gpt(config)));
  disposeOnError(model, () => {
    using state = new HuggingFaceState(model);
    loadWeights(state, config.tiedEmbedding, folder);
  });
  return model.eval();
}

function disposeOnError(model: Gpt, body: () => void): void {
  try {
    body();
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** The config of the model in a folder. @throws ConfigError as {@link loadModel}. */
export function readModelConfig(folder: string): ResolvedGptConfig {
  if (!existsSync(join(folder, documentNames.config))) {
    throw new ConfigError({
      what: folder,
      must: `be a model folder with a ${documentNames.config}`,
      got: existsSync(folder) ? 'a folder or file without one' : 'nothing of this name',
    });
  }
  return gptConfigOf(...readJson(folder, documentNames.config));
}

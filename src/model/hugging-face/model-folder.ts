/** Whole models from folders and into folders, in the form of Hugging Face. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, writeFileAtomic } from '../../base/index.ts';
import type { ChatTemplate } from '../../chat/index.ts';
import { onDevice, withoutInit } from '../../nn/index.ts';
import { type Device, saveSharded } from '../../tensor/index.ts';
import { loadTokenizer, type Tokenizer } from '../../tokenizer/index.ts';
import { Gpt } from '../gpt.ts';
import type { ResolvedGptConfig } from '../gpt-config.ts';
import { gptConfigOf } from './architectures.ts';
import { checkVocabulary, documentNames, modelDocuments } from './documents.ts';
import { type GenerationConfig, generationConfigOf } from './generation-config.ts';
import { loadWeights } from './load-weights.ts';
import { readJson } from './read-document.ts';
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
 * `tokenizer.json`: a checkpoint of ours, or a model by transformers.
 *
 * @throws ConfigError for a folder that is none, a config that is wrong or asks for what we do not
 *   compute, weights of other names or shapes, a tokenizer with more tokens than the model;
 *   FileError for damaged files. Nothing stays allocated then.
 */
export async function loadModel(
  folder: string,
  options: LoadModelOptions = {},
): Promise<LoadedModel> {
  const config = readModelConfig(folder);
  const tokenizer = await loadTokenizer(join(folder, documentNames.tokenizer));
  checkVocabulary(config, tokenizer);
  const generationConfig = existsSync(join(folder, documentNames.generation))
    ? generationConfigOf(...readJson(folder, documentNames.generation))
    : {};
  return { model: loadGpt(folder, options), tokenizer, generationConfig };
}

/** As {@link loadModel}, without a tokenizer. */
export function loadGpt(folder: string, { device = 'cpu' }: LoadModelOptions = {}): Gpt {
  const config = readModelConfig(folder);
  const model = onDevice(device, () => withoutInit(() => new Gpt(config)));
  try {
    using state = new HuggingFaceState(model);
    loadWeights(state, config.tiedEmbedding, folder);
    return model.eval();
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

export interface ExportOptions {
  /** Of a model for conversations. */
  chatTemplate?: ChatTemplate;
  /** What goes into `generation_config.json`. Default: only where texts end. */
  generationConfig?: GenerationConfig;
  /** Tensor bytes per file. Default: 5 GB. */
  maxShardBytes?: number;
}

/**
 * Writes a model with its tokenizer into a new folder, for transformers and for {@link loadModel}.
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
  mkdirSync(folder, { recursive: true });
  using state = new HuggingFaceState(model);
  const names = saveSharded(folder, state.stateDict(), { maxShardBytes });
  for (const [name, text] of Object.entries(documents).reverse()) {
    writeFileAtomic(join(folder, name), text);
  }
  return [...names, ...Object.keys(documents)];
}

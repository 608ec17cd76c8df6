/** Adapters from folders of Python's `peft`, or of our own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../base/index.ts';
import type { LinearPart } from '../../nn/index.ts';
import { SafetensorsFile } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import { growVocabulary } from '../grow-vocabulary.ts';
import { architectureOf } from '../hugging-face/architectures.ts';
import { documentNames } from '../hugging-face/documents.ts';
import { JsonFields } from '../hugging-face/json-fields.ts';
import { readJson } from '../hugging-face/read-document.ts';
import { type AdapterConfig, adapterFiles, readAdapterConfig } from './adapter-config.ts';
import { AdapterState } from './adapter-state.ts';
import { addLora, removeLora } from './add-lora.ts';
import { baseSha256 } from './base-identity.ts';
import { checkAdapterFile, findParts, savedEmbeddings } from './check-adapter.ts';

/** Whether a folder holds an adapter rather than a whole model. */
export function isAdapterFolder(folder: string): boolean {
  const holds = (name: string) => existsSync(join(folder, name));
  return holds(adapterFiles.config) && !holds(documentNames.config);
}

/**
 * The folder of an adapter's base: `base_model_name_or_path`, as it stands or from the adapter's folder.
 * @throws ConfigError when no model is there.
 */
export function findBase(folder: string): string {
  const { base } = readAdapterConfig(folder);
  const places = base === undefined ? [] : [base, join(folder, base)];
  const found = places.find((place) => existsSync(join(place, documentNames.config)));
  if (found !== undefined) return found;
  throw new ConfigError({
    what: `${join(folder, adapterFiles.config)}: base_model_name_or_path`,
    must: 'be the folder of a model',
    got: base ?? 'none',
    hint: 'put the base model there, or write the path of its folder into the file',
  });
}

/**
 * Puts the adapters of a folder on the model that they were trained on, not merged, so that training
 * can go on. Rows for new tokens come with them.
 *
 * @throws ConfigError for an adapter of another base (by its hash where the folder has one, by names
 *   and shapes else), targets that the model does not have, a rank that the tensors do not have, and
 *   variants of LoRA that are not computed here: the model is as before then. FileError for damaged
 *   files.
 */
export function loadAdapter(model: Gpt, folder: string): void {
  const config = readAdapterConfig(folder);
  const path = join(folder, adapterFiles.weights);
  if (!existsSync(path) && existsSync(join(folder, 'adapter_model.bin'))) throw pickled(folder);
  using file = SafetensorsFile.open(path);
  const parts = findParts(model, config, file);
  checkAdapterFile(model, config, parts, file);
  checkBase(model, folder, file);
  addAdapters(model, config, parts, file);
}

/** After all checks; what goes wrong now is that the file changes while it is read. */
function addAdapters(
  model: Gpt,
  { rank, alpha, dropout, rankStabilized }: AdapterConfig,
  parts: ReadonlyMap<string, LinearPart>,
  file: SafetensorsFile,
): void {
  const embeddings = savedEmbeddings(model, file);
  const [rows] = [...embeddings.values()].map(({ shape }) => shape[0] ?? 0);
  if (rows !== undefined && rows > model.config.vocabSize) growVocabulary(model, rows);
  addLora(model, { rank, alpha, dropout, rankStabilized, targets: [...parts.keys()] });
  const { embedding, output } = architectureOf(model.config);
  if (embeddings.has(embedding)) model.tokenEmbedding.weight.requiresGrad = true;
  if (embeddings.has(output)) model.outputLayer.weight.requiresGrad = true;
  try {
    using state = new AdapterState(model);
    readInto(state, file);
  } catch (error) {
    removeLora(model);
    throw error;
  }
}

function readInto(state: AdapterState, file: SafetensorsFile): void {
  const tensors = new Map([...file.tensors.keys()].map((name) => [name, file.read(name)]));
  try {
    state.loadStateDict(tensors);
  } finally {
    for (const tensor of tensors.values()) tensor.dispose();
  }
}

function checkBase(model: Gpt, folder: string, file: SafetensorsFile): void {
  if (!existsSync(join(folder, adapterFiles.base))) return;
  const fields = new JsonFields(...readJson(folder, adapterFiles.base));
  const trained = new Set(savedEmbeddings(model, file).keys());
  if (fields.value('sha256') === baseSha256(model, trained)) return;
  throw new ConfigError({
    what: `the base of the adapter in ${folder}`,
    must: 'have the weights that the adapter was trained on',
    got: 'a model with others',
    hint: `${adapterFiles.config} says where it was: base_model_name_or_path`,
  });
}

function pickled(folder: string): ConfigError {
  return new ConfigError({
    what: `the weights in ${folder}`,
    must: `be in ${adapterFiles.weights}`,
    got: 'adapter_model.bin',
    hint: 'pickled weights are never loaded here; save again with a newer peft',
  });
}

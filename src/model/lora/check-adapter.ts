/** Whether an adapter's file is what its config says, and fits a model; before anything is changed. */
import { ConfigError } from '../../base/index.ts';
import { checkState, type LinearPart } from '../../nn/index.ts';
import type { Dtype, SafetensorsFile, Tensor, TensorEntry } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import { architectureOf } from '../hugging-face/architectures.ts';
import type { AdapterConfig } from './adapter-config.ts';
import { peftPrefix } from './adapter-state.ts';
import { findTargets, isNamed } from './lora-config.ts';

/**
 * The layers that an adapter is for.
 * @throws ConfigError for a target that the model does not have.
 */
export function findParts(
  model: Gpt,
  { targets }: AdapterConfig,
  { path, tensors }: SafetensorsFile,
): Map<string, LinearPart> {
  if (targets !== null) return naming(path, () => findTargets(model, targets));
  const linears = architectureOf(model.config).linears(model);
  return new Map(
    [...linears].filter(([name]) => tensors.has(`${peftPrefix}${name}.lora_A.weight`)),
  );
}

/** Token embedding and output layer, by their names, where the file has them. */
export function savedEmbeddings(
  model: Gpt,
  { tensors }: SafetensorsFile,
): Map<string, TensorEntry> {
  const { embedding, output } = architectureOf(model.config);
  return new Map(
    [embedding, output].flatMap((name): [string, TensorEntry][] => {
      const entry = tensors.get(`${peftPrefix}${name}.weight`);
      return entry === undefined ? [] : [[name, entry]];
    }),
  );
}

/** @throws ConfigError that says what of the file does not fit the config or the model. */
export function checkAdapterFile(
  model: Gpt,
  config: AdapterConfig,
  parts: ReadonlyMap<string, LinearPart>,
  file: SafetensorsFile,
): void {
  checkRank(config, file);
  checkEmbeddings(model, config, file);
  const expected = new Map<string, { shape: readonly number[]; dtype: Dtype }>();
  const expect = (name: string, ...shape: number[]) =>
    expected.set(`${peftPrefix}${name}.weight`, { shape, dtype: 'float32' });
  for (const [name, { linear, numRows }] of parts) {
    expect(`${name}.lora_A`, config.rank, linear.weight.size(1));
    expect(`${name}.lora_B`, numRows, config.rank);
  }
  const { vocabSize, hiddenSize } = model.config;
  for (const [name, { shape }] of savedEmbeddings(model, file)) {
    expect(name, Math.max(vocabSize, shape[0] ?? 0), hiddenSize);
  }
  naming(file.path, () => checkState(expected, file.tensors));
}

function checkRank({ rank }: AdapterConfig, { path, tensors }: SafetensorsFile): void {
  for (const [name, { shape, dtype }] of tensors) {
    if (!dtype.includes('float')) {
      throw new ConfigError({ what: `${path}: tensor ${name}`, must: 'hold floats', got: dtype });
    }
    if (!name.endsWith('.lora_A.weight') || shape[0] === rank) continue;
    const must = `be of the rank in adapter_config.json, r = ${rank}`;
    throw new ConfigError({ what: `${path}: tensor ${name}`, must, got: String(shape[0]) });
  }
}

/** What is trained in full must be there, and one matrix cannot learn two things. */
function checkEmbeddings(
  model: Gpt,
  { modulesToSave }: AdapterConfig,
  file: SafetensorsFile,
): void {
  const { embedding, output } = architectureOf(model.config);
  const saved = savedEmbeddings(model, file);
  for (const module of modulesToSave) {
    const name = [embedding, output].find((each) => isNamed(each, module));
    if (name !== undefined && saved.has(name)) continue;
    const what = `${file.path}: ${module}, which modules_to_save names`;
    const must = 'be the token embedding or the output layer, and in the file';
    throw new ConfigError({ what, must, got: name === undefined ? 'another layer' : 'none' });
  }
  if (!model.config.tiedEmbedding || saved.size === 0 || isSaidTwice(saved, file)) return;
  const got = saved.size === 1 ? `${[...saved.keys()]} alone` : 'two different ones';
  const hint = 'in PEFT, name both in modules_to_save and set ensure_weight_tying';
  const must = `hold ${embedding} and ${output} alike, which are one matrix in this model`;
  throw new ConfigError({ what: file.path, must, got, hint });
}

/** Whether both embeddings are in the file, with equal values. */
function isSaidTwice(saved: ReadonlyMap<string, TensorEntry>, file: SafetensorsFile): boolean {
  if (saved.size !== 2) return false;
  const [embedding, output] = [...saved.keys()].map((name) =>
    file.read(`${peftPrefix}${name}.weight`),
  ) as [Tensor, Tensor];
  const isEqual = String(embedding.shape) === String(output.shape) && embedding.equal(output);
  for (const tensor of [embedding, output]) tensor.dispose();
  return isEqual;
}

/** Puts the path of the file before the message of what does not fit. */
function naming<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    throw new ConfigError(`${path}: ${cause.message}`, { cause });
  }
}

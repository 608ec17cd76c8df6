/** The weights of a folder into a model, tensor by tensor. */
import { ConfigError } from '../../base/index.ts';
import { checkState } from '../../nn/index.ts';
import { type Dtype, noGrad, SafetensorsFolder, type TensorEntry } from '../../tensor/index.ts';
import type { Architecture } from './architecture.ts';
import type { HuggingFaceState } from './state.ts';

const floats: readonly Dtype[] = ['float32', 'float16', 'bfloat16', 'float64'];

/**
 * Reads a model's weights from a folder in Hugging Face form, of one file or of many shards, in any
 * floating-point dtype. Besides the model only one tensor is in memory at a time.
 *
 * @param state views of the weights to fill
 * @param tiedEmbedding whether an output layer in the file is the embedding again
 * @throws ConfigError that lists every missing, unexpected and misshapen tensor, before anything is
 *   read; FileError for files that are missing or damaged: the model is half loaded then.
 */
export function loadWeights(
  state: Pick<HuggingFaceState, 'architecture' | 'stateDict'>,
  tiedEmbedding: boolean,
  folder: string,
): void {
  using source = SafetensorsFolder.open(folder);
  const views = state.stateDict();
  const names = namesInFile(source.tensors, state.architecture, tiedEmbedding);
  const entries = [...names].map(([name, inFile]) => [name, source.tensors.get(inFile)] as const);
  checkState(views, new Map(entries.map(([name, entry]) => [name, entry as TensorEntry])));
  checkDtypes(source);
  for (const [name, view] of views) {
    const tensor = source.read(names.get(name) ?? name);
    try {
      noGrad(() => view.copy_(tensor));
    } finally {
      tensor.dispose();
    }
  }
}

/** Our name → the name in the file, for all that the model needs. */
function namesInFile(
  tensors: ReadonlyMap<string, TensorEntry>,
  { prefix, isIgnored }: Architecture,
  tiedEmbedding: boolean,
): Map<string, string> {
  const all = [...tensors.keys()];
  const hasPrefix = all.some((name) => name.startsWith(prefix));
  // Old files hold a tied output layer a second time.
  const isTied = (name: string) => tiedEmbedding && name === outputName;
  const wanted = all.filter((name) => !isIgnored(name) && !isTied(name));
  const full = (name: string) => (hasPrefix || name === outputName ? name : prefix + name);
  return new Map(wanted.map((name) => [full(name), name]));
}

const outputName = 'lm_head.weight';

function checkDtypes({ path, tensors }: SafetensorsFolder): void {
  for (const [name, { dtype }] of tensors) {
    if (floats.includes(dtype)) continue;
    throw new ConfigError({
      what: `${path}: tensor ${name}`,
      must: `be of dtype ${floats.join(', ')}`,
      got: dtype,
      hint: 'quantised weights are not computed here',
    });
  }
}

/** What is known of one architecture of Hugging Face's `transformers`. */
import type { Linear, LinearPart } from '../../nn/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import type { GptConfig, ResolvedGptConfig } from '../gpt-config.ts';
import type { JsonFields, JsonObject } from './json-fields.ts';

export interface Architecture {
  /** As `architectures` in config.json names it. */
  name: string;
  /** As `model_type` names it. */
  modelType: string;
  /** Whether a config can be said in its words, so that its program computes the same. */
  canExpress(config: ResolvedGptConfig): boolean;
  /** The fields of config.json, without those that all architectures have. */
  write(config: ResolvedGptConfig): JsonObject;
  /** @throws ConfigError for fields that are missing, of a wrong type, or more than we compute. */
  read(fields: JsonFields): GptConfig;
  /** Views of the model's parameters, in its names and layouts. Called in a scope that owns them. */
  views(model: Gpt): Map<string, Tensor>;
  /** The linear layers inside the blocks, by the names of its modules, which adapters are for. */
  linears(model: Gpt): Map<string, LinearPart>;
  /** Its names of the token embedding and of the output layer. */
  embedding: string;
  output: string;
  /** What the names of all tensors but the output layer's begin with; some files leave it out. */
  prefix: string;
  /** Tensors of files by other or older programs that hold nothing which the model needs. */
  isIgnored(name: string): boolean;
}

/** The activations of `ACT2FN` in transformers that are ours. */
export const activations = {
  gelu: 'gelu',
  gelu_new: 'geluTanh',
  gelu_pytorch_tanh: 'geluTanh',
  relu2: 'relu2',
} as const;

/** Layers that are whole ones of ours, by names behind a prefix; what is null does not exist. */
export function wholeLinears(
  prefix: string,
  linears: Readonly<Record<string, Linear | null>>,
): [name: string, part: LinearPart][] {
  return Object.entries(linears).flatMap(([name, linear]) =>
    linear === null
      ? []
      : [[`${prefix}.${name}`, { linear, start: 0, numRows: linear.weight.size(0) }]],
  );
}

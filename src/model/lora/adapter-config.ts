/** Between LoRA as we say it and the `adapter_config.json` of Python's `peft` (0.21). */
import { ConfigError } from '../../base/index.ts';
import type { LinearPart, LowRankAdapter, LowRankConfig } from '../../nn/index.ts';
import type { Gpt } from '../gpt.ts';
import { architectureOf } from '../hugging-face/architectures.ts';
import { JsonFields, type JsonObject } from '../hugging-face/json-fields.ts';
import { readJson } from '../hugging-face/read-document.ts';
import { namedAdapters, trainedEmbeddings } from './adapter-state.ts';

/** The names of the files in a folder of PEFT's form, and of the one that we add. */
export const adapterFiles = {
  config: 'adapter_config.json',
  weights: 'adapter_model.safetensors',
  /** Which weights the adapter was trained on. */
  base: 'adapter_base.json',
} as const;

/** What a folder says of its adapter. */
export interface AdapterConfig extends Required<LowRankConfig> {
  /** `base_model_name_or_path` */
  base: string | undefined;
  /** Names of layers or their last parts; null where only the tensors say which layers there are. */
  targets: readonly string[] | null;
  modulesToSave: readonly string[];
}

/** @param base the folder or name of the model that the adapter belongs to */
export function writeAdapterConfig(model: Gpt, base: string): JsonObject {
  const architecture = architectureOf(model.config);
  const adapters = namedAdapters(model);
  const { rank, alpha, dropout, rankStabilized } = configOf(adapters);
  const saved = [...trainedEmbeddings(model).keys()].map(lastPart);
  return {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: base,
    r: rank,
    lora_alpha: alpha,
    lora_dropout: dropout,
    use_rslora: rankStabilized,
    target_modules: shortNames(adapters, architecture.linears(model)),
    modules_to_save: saved.length === 0 ? null : saved,
    // GPT-2 keeps its matrices transposed.
    fan_in_fan_out: architecture.modelType === 'gpt2',
    ...{ bias: 'none', init_lora_weights: true, inference_mode: true },
  };
}

/** @throws ConfigError for what is no LoRA, or LoRA with more than we compute. */
export function readAdapterConfig(folder: string): AdapterConfig {
  const [json, where] = readJson(folder, adapterFiles.config);
  const fields = new JsonFields(json, where);
  fields.only('peft_type', 'LORA', 'other kinds of adapters are not computed here');
  fields.only('bias', 'none', 'biases are not trained by adapters here');
  refuseOtherKinds(fields, json as JsonObject);
  const base = fields.value('base_model_name_or_path');
  const chosenOtherwise = ['layers_to_transform', 'exclude_modules'].some((name) =>
    fields.has(name),
  );
  const targets = fields.value('target_modules');
  return {
    rank: fields.count('r', 8),
    alpha: fields.number('lora_alpha', 8),
    dropout: fields.number('lora_dropout', 0),
    rankStabilized: fields.boolean('use_rslora', false),
    base: typeof base === 'string' && base !== '' ? base : undefined,
    targets:
      typeof targets === 'string' || chosenOtherwise ? null : names(fields, 'target_modules'),
    modulesToSave: fields.has('modules_to_save') ? names(fields, 'modules_to_save') : [],
  };
}

/** Fields that are read above, or change nothing about what a finished adapter computes. */
const knownFields = new Set([
  ...['peft_type', 'bias', 'init_lora_weights', 'base_model_name_or_path', 'target_modules'],
  ...['r', 'lora_alpha', 'lora_dropout', 'use_rslora', 'modules_to_save', 'fan_in_fan_out'],
  ...['layers_to_transform', 'layers_pattern', 'exclude_modules', 'task_type', 'inference_mode'],
  ...['peft_version', 'revision', 'auto_mapping', 'ensure_weight_tying', 'megatron_core'],
  ...['qalora_group_size', 'runtime_config', 'eva_config', 'loftq_config', 'corda_config'],
]);

/** Ways to begin that change the base model's own weights. */
const changingStarts = ['pissa', 'olora', 'corda', 'loftq', 'lora_ga'];

/** PEFT keeps the variants of LoRA in fields of their own, empty for plain LoRA. */
function refuseOtherKinds(fields: JsonFields, json: JsonObject): void {
  const start = fields.value('init_lora_weights');
  if (typeof start === 'string' && changingStarts.some((kind) => start.startsWith(kind))) {
    fields.refuse(
      'init_lora_weights',
      'leave the base as it is',
      'convert it to plain LoRA in PEFT',
    );
  }
  for (const [name, value] of Object.entries(json)) {
    if (knownFields.has(name) || isEmpty(value)) continue;
    fields.refuse(name, 'be empty', 'variants of LoRA are not computed here');
  }
}

function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === null || value === false;
}

function names(fields: JsonFields, name: string): readonly string[] {
  const value = fields.value(name);
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
  fields.refuse(name, 'be a list of names');
}

/** All adapters of a model are alike: `addLora` makes them of one config. */
function configOf(adapters: ReadonlyMap<string, LowRankAdapter>): LowRankAdapter['config'] {
  const [first] = adapters.values();
  if (first !== undefined) return first.config;
  const hint = 'addLora(model, { rank: 16 })';
  throw new ConfigError({
    what: 'the model of an adapter',
    must: 'have adapters',
    got: 'none',
    hint,
  });
}

/** `q_proj` where all that is called so is adapted, else `self_attn.q_proj`, else the whole name. */
function shortNames(
  adapters: ReadonlyMap<string, LowRankAdapter>,
  linears: ReadonlyMap<string, LinearPart>,
): string[] {
  const isWhole = (target: string) =>
    [...linears.keys()].every((name) => !name.endsWith(`.${target}`) || adapters.has(name));
  const short = [...adapters.keys()].map((name) => {
    const inLayer = name.replace(/^.*\.\d+\./, '');
    return [lastPart(name), inLayer].find(isWhole) ?? name;
  });
  return [...new Set(short)].sort();
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Reward models in folders, in the form of Hugging Face: `AutoModelForSequenceClassification`. */
import { join } from 'node:path';
import { ConfigError, makeFolder, writeFileAtomic } from '../../base/index.ts';
import { onDevice, withoutInit } from '../../nn/index.ts';
import { saveSharded } from '../../tensor/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import { RewardModel } from '../reward-model.ts';
import type { Architecture } from './architecture.ts';
import { architectureOf, gptConfigOf } from './architectures.ts';
import { documentNames, type ModelDescription, modelDocuments } from './documents.ts';
import type { ExportOptions } from './export-model.ts';
import { JsonFields, type JsonObject } from './json-fields.ts';
import type { LoadModelOptions } from './load-model.ts';
import { loadWeights } from './load-weights.ts';
import { readJson } from './read-document.ts';
import { StateViews } from './state-views.ts';

/** A reward model's parameters as the tensors of `model.safetensors`; see `HuggingFaceState`. */
export class RewardModelState extends StateViews {
  readonly architecture: Architecture;

  constructor({ gpt, head }: RewardModel) {
    const architecture = architectureOf(gpt.config);
    super(() => new Map([...architecture.views(gpt), ['score.weight', head.weight.detach()]]));
    this.architecture = architecture;
  }
}

const suffix = 'ForSequenceClassification';

type RewardOrigin = Pick<RewardModel, 'shift' | 'baseSha256'>;

/** What `config.json` has besides the language model's. */
function rewardFields(json: JsonObject, { shift, baseSha256 }: RewardOrigin): JsonObject {
  const [name = ''] = json.architectures as string[];
  return {
    ...json,
    architectures: [name.replace(/ForCausalLM$|LMHeadModel$/, '') + suffix],
    ...{ id2label: { 0: 'reward' }, label2id: { reward: 0 } },
    // A batch is scored at its last token that is no padding, so it has to be told what padding is.
    pad_token_id: json.eos_token_id,
    reward_shift: shift,
    ...(baseSha256 !== undefined && { reward_base_sha256: baseSha256 }),
  };
}

/** File name → text of everything beside the weights; arguments as `modelDocuments`. */
export function rewardModelDocuments(
  model: RewardModel,
  description: Omit<ModelDescription, 'config'>,
): Record<string, string> {
  const documents = modelDocuments({ ...description, config: model.gpt.config });
  const config = JSON.parse(documents[documentNames.config] ?? '{}') as JsonObject;
  const text = `${JSON.stringify(rewardFields(config, model), null, 2)}\n`;
  return { ...documents, [documentNames.config]: text };
}

/**
 * Writes a reward model with its tokenizer into a new folder, for {@link loadRewardModel} and for
 * transformers where it knows the architecture (Llama, Qwen3, GPT-2). There `logits[:, 0]` is the
 * reward before `config.reward_shift` is subtracted; an answer must end with another token than the
 * padding, which is `<|endoftext|>`.
 *
 * @returns the names of the files
 * @throws as `exportModel`.
 */
export function exportRewardModel(
  model: RewardModel,
  tokenizer: Tokenizer,
  folder: string,
  { maxShardBytes = 5e9, ...others }: ExportOptions = {},
): string[] {
  const documents = rewardModelDocuments(model, { tokenizer, ...others });
  makeFolder(folder);
  using state = new RewardModelState(model);
  const names = saveSharded(folder, state.stateDict(), { maxShardBytes });
  for (const [name, text] of Object.entries(documents).reverse()) {
    writeFileAtomic(join(folder, name), text);
  }
  return [...names, ...Object.keys(documents)];
}

/**
 * The reward model in a folder, in evaluation mode; the caller disposes of it.
 * @throws ConfigError for a folder that holds another kind of model; else as `loadGpt`.
 */
export function loadRewardModel(
  folder: string,
  { device = 'cpu' }: LoadModelOptions = {},
): RewardModel {
  const [json, where] = readJson(folder, documentNames.config);
  const fields = new JsonFields(json, where);
  checkKind(fields);
  // Without the name of the architecture it is told by `model_type`.
  const config = gptConfigOf({ ...(json as JsonObject), architectures: null }, where);
  const model = onDevice(device, () => withoutInit(() => new RewardModel(config)));
  try {
    using state = new RewardModelState(model);
    loadWeights(state, true, folder);
    model.shift = fields.number('reward_shift', 0);
    const base = fields.value('reward_base_sha256');
    model.baseSha256 = typeof base === 'string' ? base : undefined;
    return model.eval();
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function checkKind(fields: JsonFields): void {
  const names = fields.value('architectures');
  const name: unknown = Array.isArray(names) ? names[0] : names;
  if (typeof name !== 'string' || !name.endsWith(suffix)) {
    fields.refuse('architectures', `end with ${suffix}`, 'this is no reward model');
  }
  const labels = fields.value('id2label') ?? { 0: '' };
  const numLabels = fields.count('num_labels', Object.keys(labels).length);
  if (numLabels === 1) return;
  throw new ConfigError({ what: 'a reward model', must: 'have 1 label', got: `${numLabels}` });
}

/** The fine-tuned model that a reward model begins as. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type RunDirectory } from '../../base/index.ts';
import { type ChatTemplate, chatTemplateOf } from '../../chat/index.ts';
import {
  documentNames,
  HuggingFaceState,
  loadGpt,
  type RewardModel,
  readModelConfig,
  rewardModelOf,
} from '../../model/index.ts';
import { setPrecision } from '../../nn/index.ts';
import { manualSeed, scope } from '../../tensor/index.ts';
import { loadTokenizer, type Tokenizer } from '../../tokenizer/index.ts';
import type { RewardConfig } from './config.ts';

export interface RewardBase {
  folder: string;
  tokenizer: Tokenizer;
  template: ChatTemplate;
  contextLength: number;
}

/** @throws ConfigError for a folder that is no model, or one without a chat template. */
export async function openBase({ base }: RewardConfig, run: RunDirectory): Promise<RewardBase> {
  const folder = base ?? run.file('sft', 'model');
  if (!existsSync(join(folder, documentNames.config))) {
    const hint = 'fine-tune first, or name a model: --set reward.base=<folder>';
    throw new ConfigError({ what: folder, must: 'be a fine-tuned model', got: 'none', hint });
  }
  const tokenizer = await loadTokenizer(join(folder, documentNames.tokenizer));
  const template = await chatTemplateOf(folder, tokenizer);
  if (template === undefined) {
    const hint = 'rankings are about answers, which this model has not learned to give';
    throw new ConfigError({ what: folder, must: 'have a chat template', got: 'none', hint });
  }
  const { contextLength } = readModelConfig(folder);
  return { folder, tokenizer, template, contextLength };
}

/** The model to train, and a hash of the weights that it begins with. */
export function buildModel(
  { folder }: RewardBase,
  { precision = 'auto', device = 'cpu' }: RewardConfig,
  seed: number | bigint,
): { model: RewardModel; sha256: string } {
  using base = loadGpt(folder, { device });
  const sha256 = hashWeights(base);
  manualSeed({ seed, stream: 'reward head', step: 0, rank: 0, micro: 0 });
  const model = rewardModelOf(base);
  setPrecision(model, precision);
  return { model: model.train(), sha256 };
}

function hashWeights(model: Parameters<typeof rewardModelOf>[0]): string {
  using state = new HuggingFaceState(model);
  const hash = createHash('sha256');
  for (const [name, tensor] of state.stateDict()) {
    const data = scope(() => tensor.to({ device: 'cpu' }).contiguous().toTypedArray());
    hash.update(`${name} ${tensor.shape}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}

/** The fine-tuned model that a reward model begins as. */
import type { RunDirectory } from '../../base/index.ts';
import { loadGpt, type RewardModel, readModelConfig, rewardModelOf } from '../../model/index.ts';
import { setPrecision } from '../../nn/index.ts';
import { manualSeed } from '../../tensor/index.ts';
import { type ChatModel, hashWeights, openChatModel } from '../training/index.ts';
import type { RewardConfig } from './config.ts';

export interface RewardBase extends ChatModel {
  contextLength: number;
}

/** @throws ConfigError for a folder that is no model, or one without a chat template. */
export async function openBase({ base }: RewardConfig, run: RunDirectory): Promise<RewardBase> {
  const folder = base ?? run.file('sft', 'model');
  const hint = 'fine-tune first, or name a model: --set reward.base=<folder>';
  const model = await openChatModel(folder, 'be a fine-tuned model', hint);
  return { ...model, contextLength: readModelConfig(folder).contextLength };
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
  model.baseSha256 = sha256;
  setPrecision(model, precision);
  return { model: model.train(), sha256 };
}

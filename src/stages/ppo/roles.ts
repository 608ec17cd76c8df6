/** The four models of PPO: who answers, who remembers, who judges, who foresees the judgement. */
import { ConfigError, type RunDirectory } from '../../base/index.ts';
import {
  type Gpt,
  loadGpt,
  loadRewardModel,
  type RewardModel,
  type ValueModel,
  valueModelOf,
} from '../../model/index.ts';
import { setPrecision } from '../../nn/index.ts';
import { type ChatModel, hashWeights, openChatModel } from '../training/index.ts';
import type { FullPpoConfig } from './config.ts';

/** All in evaluation mode for good: with dropout a ratio would not begin at 1. */
export class PpoModels implements Disposable {
  /** Answers, and learns to answer better. */
  readonly policy: Gpt;
  /** What the policy began as. */
  readonly reference: Gpt;
  readonly rewardModel: RewardModel;
  readonly valueModel: ValueModel;

  constructor(models: Pick<PpoModels, 'policy' | 'reference' | 'rewardModel' | 'valueModel'>) {
    this.policy = models.policy;
    this.reference = models.reference;
    this.rewardModel = models.rewardModel;
    this.valueModel = models.valueModel;
    for (const model of this.#all) model.eval();
  }

  [Symbol.dispose](): void {
    for (const model of this.#all) model.dispose();
  }

  get #all() {
    return [this.policy, this.reference, this.rewardModel, this.valueModel];
  }
}

/** Folders that were compared, without weights. */
export interface PpoFolders {
  policy: ChatModel;
  reward: ChatModel;
}

/**
 * @throws ConfigError for a policy that has not learned to answer, and a reward model that reads other
 *   tokens or another template than it writes.
 */
export async function openFolders(config: FullPpoConfig, run: RunDirectory): Promise<PpoFolders> {
  const policy = await openChatModel(
    config.policy ?? run.file('sft', 'model'),
    'be a fine-tuned model',
    'fine-tune first, or name a model: --set ppo.policy=<folder>',
  );
  const reward = await openChatModel(
    config.rewardModel ?? run.file('reward', 'model'),
    'be a reward model',
    'train one first, or name it: --set ppo.rewardModel=<folder>',
  );
  if (reward.tokenizer.hash !== policy.tokenizer.hash) throw mismatch(reward, 'tokenizer');
  if (reward.template.source !== policy.template.source) throw mismatch(reward, 'chat template');
  return { policy, reward };
}

function mismatch({ folder }: ChatModel, what: string): ConfigError {
  return new ConfigError({
    what: `the reward model in ${folder}`,
    must: `have the ${what} of the policy`,
    got: 'another one',
    hint: 'train it on the model that PPO begins with: --set reward.base=<that model>',
  });
}

/** The models, and hashes of the weights that they begin with; the caller frees them. */
export function loadModels(
  folders: PpoFolders,
  config: FullPpoConfig,
): { models: PpoModels; hashes: Record<'policy' | 'rewardModel', string> } {
  const { precision = 'auto', device, valueInit } = config;
  const policy = loadGpt(folders.policy.folder, { device });
  const reference = loadGpt(folders.policy.folder, { device });
  const rewardModel = loadRewardModel(folders.reward.folder, { device });
  const valueModel = valueModelOf(valueInit === 'zero head' ? policy : rewardModel);
  const models = new PpoModels({ policy, reference, rewardModel, valueModel });
  try {
    const hashes = { policy: hashWeights(policy), rewardModel: hashWeights(rewardModel) };
    checkContexts(models, folders);
    if (config.rewardOfOtherBase !== true) {
      checkBase(rewardModel, folders.reward, hashes.policy);
    }
    for (const model of [policy, reference, rewardModel, valueModel])
      setPrecision(model, precision);
    return { models, hashes };
  } catch (error) {
    models[Symbol.dispose]();
    throw error;
  }
}

function checkContexts({ policy, rewardModel }: PpoModels, folders: PpoFolders): void {
  const { reward } = folders;
  const { contextLength } = policy.config;
  // Rows of the policy beyond these are never drawn.
  const { vocabSize } = folders.policy.tokenizer;
  const other = rewardModel.gpt.config;
  if (other.contextLength >= contextLength && other.vocabSize >= vocabSize) return;
  throw new ConfigError({
    what: `the reward model in ${reward.folder}`,
    must: `read what the policy writes: ${contextLength} tokens of ${vocabSize}`,
    got: `${other.contextLength} of ${other.vocabSize}`,
  });
}

/** A reward model that the stage `reward` trained says what it began as. */
function checkBase(
  { baseSha256: base }: RewardModel,
  { folder }: ChatModel,
  policySha256: string,
): void {
  if (base === policySha256) return;
  const got =
    base === undefined
      ? 'one that does not say what it began as'
      : `one that began as ${base.slice(0, 12)}, not ${policySha256.slice(0, 12)}`;
  throw new ConfigError({
    what: `the reward model in ${folder}`,
    must: 'have begun as the model that PPO begins with',
    got,
    hint: 'train it again, or allow it: --set ppo.rewardOfOtherBase=true',
  });
}

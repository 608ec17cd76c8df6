/** The numbers of PPO. */
import { ConfigError } from '../../base/index.ts';
import {
  type AdvantageOptions,
  checkKlControl,
  instructGptKl,
  instructGptMix,
  type KlControl,
  type PretrainMix,
  type UnfinishedAnswers,
} from '../../rl/index.ts';
import type { ResumeRules } from '../../train/index.ts';
import {
  buildTrainConfig,
  type OptimizerConfig,
  type ScheduleConfig,
  type TrainingConfig,
  trainingRules,
} from '../training/index.ts';

/** Prompts from files, from a built-in generator, or asked by the model itself (左右互搏). */
export interface PromptSource {
  /** JSON lines (also .gz, .zst) with `prompt`, a text or messages, or `messages`. */
  files?: string[];
  /** The name of a built-in source of conversations or comparisons: only what they ask is taken. */
  generator?: string;
  options?: Record<string, string | number>;
  /** The model that PPO begins with goes on from where the user's turn begins. */
  self?: SelfPrompts;
}

export interface SelfPrompts {
  /** Questions to draw; fewer are left once equal and unfinished ones are out. */
  numPrompts: number;
  /** Default: 1. */
  temperature?: number;
  /** Default: 64. */
  maxTokens?: number;
}

/** The pre-training mix, and how long its examples are. */
export interface PpoPretrainMix extends PretrainMix {
  /** Tokens of an example. Default: the model's context. */
  contextLength?: number;
}

type SharedFields =
  | 'microBatchSize'
  | 'schedule'
  | 'optimizer'
  | 'clipNorm'
  | 'precision'
  | 'device'
  | 'checkpointEvery'
  | 'pricePerHour';

/**
 * An update is a rollout and the steps that are made from it. `schedule` counts updates, and
 * `microBatchSize` the answers that one pass reads.
 */
export interface PpoConfig extends AdvantageOptions, Pick<TrainingConfig, SharedFields> {
  prompts: PromptSource[];
  /** The folder of the fine-tuned model: policy and reference. Default: `sft/model` of the same run. */
  policy?: string;
  /** The folder of a reward model. Default: `reward/model` of the same run. */
  rewardModel?: string;
  /** Allows a reward model that did not begin as the policy did, such as a smaller one. Default: false. */
  rewardOfOtherBase?: boolean;
  numUpdates: number;
  /** Answers of a rollout, each to another prompt. */
  rolloutSize: number;
  /** Answers of one step of the optimizer. Default: all of a rollout. */
  minibatchSize?: number;
  /** Passes through a rollout. Default: 1 (InstructGPT); 4 in Ziegler et al. 2019. */
  numEpochs?: number;
  /** The most tokens of an answer. Prompts that leave less room lose their oldest turns. */
  maxTokens: number;
  /** Of sampling and of all log-probabilities. Default: 1. */
  temperature?: number;
  /** Answers that are generated at once. Default: 64. */
  generationBatchSize?: number;
  /** The price of KL. Default: 0.02, fixed (InstructGPT). */
  kl?: KlControl;
  /** Nats of KL of an answer, in which the guards count. Default: the target of `kl`, or else 10. */
  targetKl?: number;
  /** What becomes of answers without an end. Default: 1 off their score. */
  unfinished?: UnfinishedAnswers;
  /**
   * A run stops when three rollouts in a row have a larger share of answers without an end. Default:
   * 0.5; 1 for a model that never learned to end.
   */
  maxShareUnfinished?: number;
  /** ε of the policy's loss. Default: 0.2. */
  clip?: number;
  /** How far a value may move in an update. Default: 0.2. */
  valueClip?: number;
  /** Default: reward model, its head included (InstructGPT). */
  valueInit?: 'reward model' | 'zero head';
  /**
   * Scales rewards to variance 1. Default: with a zero head only, as its code of 2019; a value function
   * that begins as the reward model speaks in the reward's own scale.
   */
  whitenRewards?: boolean;
  /** Default: true. */
  whitenAdvantages?: boolean;
  /** Of the value function. Default: `schedule`. */
  valueSchedule?: ScheduleConfig;
  /** Of the value function. Default: `optimizer`. */
  valueOptimizer?: OptimizerConfig;
  /** Default: none. */
  pretrainMix?: PpoPretrainMix;
  /** The share of the old average that each step keeps; the averages become the model. Default: none. */
  ema?: number;
  /**
   * Bytes of intermediate results that may stay from measuring the answers until the first step learns
   * from them; what does not fit is computed again, to the same bits. Default: 2^30, 1 GiB.
   */
  keptGraphBytes?: number;
  /** Updates between two rollouts that are saved with all their numbers. Default: none is. */
  saveRolloutsEvery?: number;
}

/**
 * As published (Ouyang et al. 2022, arXiv 2203.02155, section 3.5 and appendix C.4): spread it into a
 * recipe's `ppo`, which adds prompts, sizes of answers and how many updates; 256,000 episodes were 500.
 */
export const ppoFaithful = {
  ...{ rolloutSize: 512, minibatchSize: 64, numEpochs: 1, temperature: 1, gamma: 1, lambda: 0.95 },
  ...{ clip: 0.2, valueClip: 0.2, valueInit: 'reward model', ema: 0.992 },
  kl: instructGptKl,
  pretrainMix: instructGptMix,
  // Constant after ten updates of growth from a tenth; the 1.3B policy's, and the value function's.
  schedule: { kind: 'linear', peak: 9.65e-6, final: 9.65e-6, warmupSteps: 10 },
  valueSchedule: { kind: 'linear', peak: 9e-6, final: 9e-6, warmupSteps: 10 },
} as const satisfies Partial<PpoConfig>;

/** The numbers that have a default, each with its value. */
export function withDefaults(config: PpoConfig) {
  const { kl = instructGptKl, valueInit = 'reward model', rolloutSize } = config;
  const targetKl = kl.type === 'adaptive' ? kl.target : 10;
  return {
    ...{ minibatchSize: rolloutSize, numEpochs: 1, temperature: 1, generationBatchSize: 64 },
    ...{ targetKl, maxShareUnfinished: 0.5 },
    ...{ unfinished: { type: 'penalty', penalty: 1 } as UnfinishedAnswers },
    ...{ clip: 0.2, valueClip: 0.2, clipNorm: 1, device: 'cpu' as const, keptGraphBytes: 2 ** 30 },
    ...{ whitenRewards: valueInit === 'zero head', whitenAdvantages: true },
    valueSchedule: config.schedule,
    ...(config.optimizer !== undefined && { valueOptimizer: config.optimizer }),
    ...{ ...config, kl, valueInit },
    // What TrainingRun and its metrics call a step.
    numSteps: config.numUpdates,
  };
}

export type FullPpoConfig = ReturnType<typeof withDefaults>;

/** The learning rates of policy and value function by update. */
export function schedulesOf(config: FullPpoConfig) {
  const of = (schedule: ScheduleConfig) =>
    buildTrainConfig({ ...config, schedule, evaluateEvery: config.numUpdates }, 1, 'ppo').schedule;
  return { policy: of(config.schedule), value: of(config.valueSchedule) };
}

/**
 * Finds what does not fit together without building anything.
 * @throws ConfigError that names the field, from `ppo` on.
 */
export function checkPpoConfig(config: PpoConfig): void {
  for (const [i, { files, generator, self }] of config.prompts.entries()) {
    const given = [files, generator, self].filter((source) => source !== undefined);
    if (given.length === 1) continue;
    const must = 'have one of files, generator and self';
    throw new ConfigError({ what: `ppo.prompts.${i}`, must, got: String(given.length) });
  }
  const full = withDefaults(config);
  checkKlControl(full.kl, 'ppo.kl');
  schedulesOf(full);
  const { minibatchSize, rolloutSize } = full;
  if (rolloutSize % minibatchSize === 0) return;
  const must = `divide ppo.rolloutSize (${rolloutSize})`;
  throw new ConfigError({ what: 'ppo.minibatchSize', must, got: String(minibatchSize) });
}

/** Numbers that do not change what is trained; data and models are compared by their hashes. */
export const harmlessFields: readonly string[] = [
  ...['checkpointEvery', 'pricePerHour', 'saveRolloutsEvery', 'rewardOfOtherBase'],
  'keptGraphBytes',
  ...['prompts', 'policy', 'rewardModel', 'precision', 'device', 'numSteps'],
];

/** What a changed number means for a run that is resumed; what is not named is refused. */
export const resumeRules: ResumeRules = {
  ...trainingRules,
  'recipe.numUpdates': 'new wins',
  'recipe.kl.*': 'new wins',
  'recipe.targetKl': 'new wins',
  'recipe.maxShareUnfinished': 'new wins',
  'recipe.valueSchedule.*': 'new wins',
  'recipe.generationBatchSize': 'inexact',
};

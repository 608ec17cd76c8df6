/** The numbers of the reward model. */
import { z } from 'zod';
import { ConfigError } from '../../base/index.ts';
import type { ResumeRules } from '../../train/index.ts';
import {
  checkSource,
  sourceFields,
  type TrainingConfig,
  trainingFields,
  trainingRules,
} from '../training/index.ts';

/** Rankings from files or from a built-in generator. */
export interface RankingData {
  /** JSON lines, also packed (.gz, .zst). */
  files?: string[];
  /** Default: what the fields of each row tell. */
  format?: (typeof formats)[number];
  /** The name of a built-in source. */
  generator?: string;
  options?: Record<string, string | number>;
  /** Of a generator of prompts whose truth is known: the base answers too, and the raters rank all. */
  sampled?: SampledAnswers;
}

/** Answers of the model that the reward model begins as, beside those that the generator has. */
export interface SampledAnswers {
  perPrompt: number;
  /** Default: 1. */
  temperature?: number;
  /** Of an answer. Default: 64. */
  maxTokens?: number;
}

/** Conversations whose last answer is a good one. */
export interface Demonstrations {
  /** JSON lines (also .gz, .zst), Parquet, or folders of such files. */
  files?: string[];
  /** The name of a built-in source of conversations. */
  generator?: string;
  options?: Record<string, string | number>;
}

const formats = ['auto', 'ranking', 'pair', 'dialogues'] as const;

/** A sample is a prompt with all its answers; InstructGPT: steps of 64 prompts, one epoch. */
export interface RewardConfig extends Omit<TrainingConfig, 'numSteps'> {
  data: RankingData[];
  /**
   * Their mean reward becomes 0, before any reinforcement (InstructGPT, section 3.5). Default: the best
   * answers of the rankings that were trained on.
   */
  demonstrations?: Demonstrations[];
  /** The share of prompts, by a hash of each, that the report is made of. Default: 0.1. */
  heldOut?: number;
  /** The folder of a fine-tuned model. Default: `sft/model` of the same run. */
  base?: string;
  /** Default: 1, for more over-fits (InstructGPT, section 3.5). */
  numEpochs?: number;
  /**
   * Trains on each pair of answers as a sample of its own, in random order: what over-fits within one
   * epoch, as the paper found. Default: false.
   */
  shuffledPairs?: boolean;
  /** What must be reached at the end; each becomes a check. */
  targets?: {
    accuracy?: number;
    /** Of what the raters' own noise allows; for rankings that tell the worth of their answers. */
    accuracyOfBound?: number;
  };
}

const count = z.number().int().positive();
const { numSteps: _, ...otherFields } = trainingFields;

const sampled = z.strictObject({
  perPrompt: count,
  temperature: z.number().positive().exactOptional(),
  maxTokens: count.exactOptional(),
});

export const rewardConfig = z.strictObject({
  data: z
    .array(
      z.strictObject({
        ...sourceFields,
        format: z.enum(formats).exactOptional(),
        sampled: sampled.exactOptional(),
      }),
    )
    .min(1),
  demonstrations: z.array(z.strictObject(sourceFields)).min(1).exactOptional(),
  heldOut: z.number().min(0).lt(1).exactOptional(),
  base: z.string().min(1).exactOptional(),
  numEpochs: count.exactOptional(),
  shuffledPairs: z.boolean().exactOptional(),
  ...otherFields,
  targets: z
    .strictObject({
      accuracy: z.number().exactOptional(),
      accuracyOfBound: z.number().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<RewardConfig>;

/**
 * Finds what does not fit together without building anything.
 * @throws ConfigError that names the field, from `reward` on.
 */
export function checkRewardConfig({ data, demonstrations = [] }: RewardConfig): void {
  for (const [name, sources] of Object.entries({ data, demonstrations })) {
    for (const [i, source] of sources.entries()) checkSource(`reward.${name}.${i}`, source);
  }
  const wrong = data.findIndex(
    ({ sampled, files }) => sampled !== undefined && files !== undefined,
  );
  if (wrong < 0) return;
  const hint = 'files hold the answers that people have ranked';
  const what = `reward.data.${wrong}.sampled`;
  throw new ConfigError({ what, must: 'stand beside a generator', got: 'files', hint });
}

/** Numbers that do not change what is trained; data and base are compared by their hashes. */
export const harmlessFields: readonly string[] = [
  ...['checkpointEvery', 'evaluateEvery', 'targets', 'pricePerHour', 'peakFlops'],
  ...['data', 'demonstrations', 'heldOut', 'base', 'precision', 'device'],
];

/** What a changed number means for a run that is resumed; what is not named is refused. */
export const resumeRules: ResumeRules = { ...trainingRules, 'recipe.numEpochs': 'new wins' };

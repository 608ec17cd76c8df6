/** The numbers of fine-tuning. */
import { z } from 'zod';
import { ConfigError } from '../../base/index.ts';
import type { LoraConfig } from '../../model/index.ts';
import type { ResumeRules } from '../../train/index.ts';
import {
  buildTrainConfig,
  checkSource,
  sourceFields,
  type TaskSource,
  type TrainingConfig,
  taskSource,
  trainingFields,
  trainingRules,
} from '../training/index.ts';

/** Conversations from files or from a built-in generator. */
export interface ConversationData {
  /** JSON lines (also .gz, .zst), Parquet, or folders of such files. */
  files?: string[];
  /** Default: what the fields of each row tell. */
  format?: (typeof conversationFormats)[number];
  /** The name of a built-in source of conversations. */
  generator?: string;
  options?: Record<string, string | number>;
  /** How often each conversation is trained on in an epoch, on average. Default: 1. */
  weight?: number;
}

const conversationFormats = [
  'auto',
  'messages',
  'prompt-completion',
  'alpaca',
  'sharegpt',
  'text',
] as const;

export interface SftConfig extends Omit<TrainingConfig, 'numSteps'> {
  data: ConversationData[];
  /** The share of conversations, by a hash of what is asked first, for the validation loss. Default: 0. */
  heldOut?: number;
  /** Equal conversations, or nearly equal ones too, are trained on once. Default: exact. */
  duplicates?: 'exact' | 'near' | 'keep';
  /** How conversations become tokens. Default: that of the base model, or else `athanor`. */
  template?: 'athanor' | 'chatml' | 'own';
  /** The folder of a model. Default: the last checkpoint of pre-training in the same run. */
  base?: string;
  numEpochs?: number;
  /** In place of numEpochs. */
  numSteps?: number;
  /** Tokens of a row; longer conversations lose their oldest turns. Default: the model's. */
  contextLength?: number;
  /** Several conversations in a row. Default: true. */
  packing?: boolean;
  /** The share of rows that are text of pre-training. Default: 0. */
  pretrainMix?: number;
  /** Trains adapters instead of the whole model. */
  lora?: LoraConfig;
  /** Keeps intermediate results of one layer at a time, for one more forward pass. Default: false. */
  gradientCheckpointing?: boolean;
  /** Which checkpoint becomes the model. Default: validation loss, where something is held out. */
  select?: 'validation loss' | 'last';
  /** What must be reached at the end; each becomes a check. */
  targets?: { loss?: number };
  /** Tasks with which the model will be evaluated: a conversation that asks one is refused. */
  keepOut?: TaskSource;
}

const fraction = z.number().min(0).lt(1);
const count = z.number().int().positive();
const { numSteps, ...otherFields } = trainingFields;

export const sftConfig = z.strictObject({
  data: z
    .array(
      z.strictObject({
        ...sourceFields,
        format: z.enum(conversationFormats).exactOptional(),
        weight: z.number().positive().exactOptional(),
      }),
    )
    .min(1),
  heldOut: fraction.exactOptional(),
  duplicates: z.enum(['exact', 'near', 'keep']).exactOptional(),
  template: z.enum(['athanor', 'chatml', 'own']).exactOptional(),
  base: z.string().min(1).exactOptional(),
  numEpochs: z.number().positive().exactOptional(),
  numSteps: numSteps.exactOptional(),
  contextLength: count.exactOptional(),
  packing: z.boolean().exactOptional(),
  pretrainMix: fraction.exactOptional(),
  lora: z
    .strictObject({
      rank: count,
      alpha: z.number().positive().exactOptional(),
      dropout: fraction.exactOptional(),
      rankStabilized: z.boolean().exactOptional(),
      targets: z.union([z.literal('all-linear'), z.array(z.string().min(1))]).exactOptional(),
      trainEmbeddings: z.boolean().exactOptional(),
    })
    .exactOptional(),
  gradientCheckpointing: z.boolean().exactOptional(),
  ...otherFields,
  select: z.enum(['validation loss', 'last']).exactOptional(),
  targets: z.strictObject({ loss: z.number().exactOptional() }).exactOptional(),
  keepOut: taskSource.exactOptional(),
}) satisfies z.ZodType<SftConfig>;

/**
 * Finds what does not fit together without building anything.
 * @throws ConfigError that names the field, from `sft` on.
 */
export function checkSftConfig(config: SftConfig): void {
  for (const [i, source] of config.data.entries()) checkSource(`sft.data.${i}`, source);
  const { numSteps, numEpochs } = config;
  if ((numSteps === undefined) === (numEpochs === undefined)) {
    const got = numSteps === undefined ? 'neither' : 'both';
    throw new ConfigError({ what: 'sft', must: 'have numEpochs or numSteps', got });
  }
  if (numSteps !== undefined) buildTrainConfig({ ...config, numSteps }, 1, 'sft');
}

/** Numbers that do not change what is trained; the data and the base are compared by their hashes. */
export const harmlessFields: readonly string[] = [
  ...[
    'checkpointEvery',
    'evaluateEvery',
    'select',
    'targets',
    'evaluate',
    'pricePerHour',
    'peakFlops',
  ],
  ...['data', 'heldOut', 'duplicates', 'template', 'base'],
  // Facts of the machine say them again.
  ...['precision', 'device'],
];

/** What a changed number means for a run that is resumed; what is not named is refused. */
export const resumeRules: ResumeRules = {
  ...trainingRules,
  'recipe.numEpochs': 'new wins',
  'recipe.packing': 'new wins',
  'recipe.pretrainMix': 'new wins',
  'recipe.gradientCheckpointing': 'new wins',
  'recipe.lora.dropout': 'new wins',
};

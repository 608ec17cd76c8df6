/** What a recipe may say of PPO. */
import { z } from 'zod';
import { sourceFields, trainingFields } from '../training/index.ts';
import type { PpoConfig } from './config.ts';

const count = z.number().int().positive();
const share = z.number().min(0).max(1);
const above0 = z.number().positive();
const { schedule, optimizer } = trainingFields;

const prompts = z.strictObject({
  ...sourceFields,
  self: z
    .strictObject({
      numPrompts: count,
      temperature: above0.exactOptional(),
      maxTokens: count.exactOptional(),
    })
    .exactOptional(),
});

const kl = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), beta: z.number().min(0) }),
  z.strictObject({
    ...{ type: z.literal('adaptive'), beta: z.number().min(0) },
    ...{ target: above0, horizon: above0 },
  }),
]);

const unfinished = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fixed'), score: z.number() }),
  z.strictObject({ type: z.literal('penalty'), penalty: z.number() }),
  z.strictObject({ type: z.literal('none') }),
]);

/** Of the answers, and of what is trained on them. */
const rolloutFields = {
  ...{ numUpdates: count, rolloutSize: count, maxTokens: count },
  minibatchSize: count.exactOptional(),
  numEpochs: count.exactOptional(),
  temperature: above0.exactOptional(),
  generationBatchSize: count.exactOptional(),
  kl: kl.exactOptional(),
  targetKl: above0.exactOptional(),
  unfinished: unfinished.exactOptional(),
  maxShareUnfinished: share.exactOptional(),
  clip: above0.exactOptional(),
  valueClip: above0.exactOptional(),
  gamma: share.exactOptional(),
  lambda: share.exactOptional(),
  whitenRewards: z.boolean().exactOptional(),
  whitenAdvantages: z.boolean().exactOptional(),
};

const { microBatchSize, clipNorm, precision, device, checkpointEvery, pricePerHour } =
  trainingFields;

export const ppoConfig = z.strictObject({
  prompts: z.array(prompts).min(1),
  policy: z.string().min(1).exactOptional(),
  rewardModel: z.string().min(1).exactOptional(),
  rewardOfOtherBase: z.boolean().exactOptional(),
  ...rolloutFields,
  valueInit: z.enum(['reward model', 'zero head']).exactOptional(),
  ...{ microBatchSize, schedule, optimizer, clipNorm, precision, device },
  ...{ checkpointEvery, pricePerHour },
  valueSchedule: schedule.exactOptional(),
  valueOptimizer: optimizer,
  pretrainMix: z
    .strictObject({
      ...{ gamma: z.number().min(0), ratio: above0 },
      contextLength: count.exactOptional(),
    })
    .exactOptional(),
  ema: z.number().min(0).lt(1).exactOptional(),
  keptGraphBytes: z.number().int().min(0).exactOptional(),
  saveRolloutsEvery: count.exactOptional(),
}) satisfies z.ZodType<PpoConfig>;

/** The numbers of pre-training. */
import { z } from 'zod';
import type { GptConfig } from '../../model/index.ts';
import type { ResumeRules } from '../../train/index.ts';
import { type TrainingConfig, trainingFields, trainingRules } from '../training/index.ts';

export interface PretrainConfig extends TrainingConfig {
  /** `vocabSize` must hold the tokenizer's tokens; what is above them is never trained or sampled. */
  model: GptConfig;
  /** Whether attention stays within documents. Default: false, as GPT-3. */
  maskDocuments?: boolean;
  /** Texts that the model continues at each measurement. Default: none. */
  prompts?: string[];
  /** What must be reached at the end; each becomes a check. */
  targets?: { loss?: number; bitsPerByte?: number };
}

const count = z.number().int().positive();

const gptConfig = z.strictObject({
  numLayers: count,
  hiddenSize: count,
  numHeads: count,
  contextLength: count,
  vocabSize: count,
  numKvHeads: count.exactOptional(),
  headSize: count.exactOptional(),
  feedForwardSize: count.exactOptional(),
  activation: z.enum(['gelu', 'geluTanh', 'relu2', 'swiglu']).exactOptional(),
  norm: z.enum(['layer', 'rms']).exactOptional(),
  normEpsilon: z.number().positive().exactOptional(),
  postNorm: z.boolean().exactOptional(),
  positions: z.enum(['learned', 'rope']).exactOptional(),
  ropeBase: z.number().positive().exactOptional(),
  qkNorm: z.boolean().exactOptional(),
  bias: z.boolean().exactOptional(),
  tiedEmbedding: z.boolean().exactOptional(),
  bandedAttention: count.nullable().exactOptional(),
  dropout: z.number().min(0).lt(1).exactOptional(),
}) satisfies z.ZodType<GptConfig>;

export const pretrainConfig = z.strictObject({
  model: gptConfig,
  ...trainingFields,
  maskDocuments: z.boolean().exactOptional(),
  prompts: z.array(z.string().min(1)).exactOptional(),
  targets: z
    .strictObject({ loss: z.number().exactOptional(), bitsPerByte: z.number().exactOptional() })
    .exactOptional(),
}) satisfies z.ZodType<PretrainConfig>;

/** Numbers that do not change what is trained. */
export const harmlessFields: readonly string[] = [
  ...['checkpointEvery', 'evaluateEvery', 'prompts', 'targets', 'pricePerHour', 'peakFlops'],
  // Facts of the machine say them again.
  ...['precision', 'device'],
];

/** What a changed number means for a run that is resumed; what is not named is refused. */
export const resumeRules: ResumeRules = {
  ...trainingRules,
  'recipe.maskDocuments': 'new wins',
  'recipe.model.dropout': 'new wins',
};

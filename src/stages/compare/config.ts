/** The numbers of a comparison of two models. */
import { z } from 'zod';
import { checkSource, sourceFields } from '../training/index.ts';

/** Prompts from files, or from a built-in generator that knows what answers to them are worth. */
export interface ComparePrompts {
  /** JSON lines (also .gz, .zst) with `prompt`, a text or messages, or with `messages`. */
  files?: string[];
  /** The name of a built-in source of prompts whose truth is known. */
  generator?: string;
  options?: Record<string, string | number>;
}

export interface CompareConfig {
  prompts: ComparePrompts[];
  /** Two model folders. Default: `sft/model` and `ppo/model` of the same run. */
  models?: [string, string];
  /** The folder of a reward model. Default: `reward/model` of the same run, where there is one. */
  rewardModel?: string;
  /** Default: 1; 0 is greedy. */
  temperature?: number;
  /** Of an answer. Default: 64. */
  maxTokens?: number;
  /** What the second model must reach; each becomes a check. */
  targets?: {
    /** By gold score, ties half, from 0 to 1. */
    winRate?: number;
    /** The most nats of KL an answer. */
    kl?: number;
    /** The most of the share of right instructions that may be lost, at its 95 % bound. */
    accuracyDrop?: number;
  };
}

const folder = z.string().min(1);

export const compareConfig = z.strictObject({
  prompts: z.array(z.strictObject(sourceFields)).min(1),
  models: z.tuple([folder, folder]).exactOptional(),
  rewardModel: folder.exactOptional(),
  temperature: z.number().min(0).exactOptional(),
  maxTokens: z.number().int().positive().exactOptional(),
  targets: z
    .strictObject({
      winRate: z.number().min(0).max(1).exactOptional(),
      kl: z.number().positive().exactOptional(),
      accuracyDrop: z.number().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<CompareConfig>;

/** @throws ConfigError that names the field, from `compare` on. */
export function checkCompareConfig({ prompts }: CompareConfig): void {
  for (const [i, source] of prompts.entries()) checkSource(`compare.prompts.${i}`, source);
}

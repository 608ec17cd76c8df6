/** The numbers of an evaluation. */
import { z } from 'zod';
import { type TaskSource, taskSource } from '../training/index.ts';

export interface EvalConfig {
  tasks: TaskSource[];
  /** The most tokens of an answer. Default: 64. */
  maxTokens?: number;
  /** What a model of the run must reach; each becomes a check. Rates are from 0 to 1. */
  targets?: {
    /** Which one. Default: the newest. */
    of?: (typeof evaluatedModels)[number];
    /** Of right answers over all. */
    rate?: number;
    /** In the worst kind. */
    rateOfEachKind?: number;
    /** How far the rates of two groups, such as `translation · with word`, may lie apart. */
    difference?: { between: [string, string]; atMost: number };
  };
}

/** The models of a run, the newest last. */
export const evaluatedModels = ['base', 'sft', 'ppo'] as const;

const rate = z.number().min(0).max(1);

export const evalConfig = z.strictObject({
  tasks: z.array(taskSource).min(1),
  maxTokens: z.number().int().positive().exactOptional(),
  targets: z
    .strictObject({
      of: z.enum(evaluatedModels).exactOptional(),
      rate: rate.exactOptional(),
      rateOfEachKind: rate.exactOptional(),
      difference: z
        .strictObject({ between: z.tuple([z.string(), z.string()]), atMost: rate })
        .exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<EvalConfig>;

/** The numbers of an evaluation. */
import { z } from 'zod';

/** Tasks from files or from a built-in generator. */
export interface TaskSource {
  /** JSON lines, each an `EvaluationTask` of src/evaluate. */
  files?: string[];
  /** The name of a built-in source of tasks. */
  generator?: string;
  options?: Record<string, string | number>;
}

export interface EvalConfig {
  tasks: TaskSource[];
  /** The most tokens of an answer. Default: 64. */
  maxTokens?: number;
  /** What the newest model of the run must reach; each becomes a check. Rates are from 0 to 1. */
  targets?: {
    /** Of right answers over all. */
    rate?: number;
    /** In the worst kind. */
    rateOfEachKind?: number;
    /** How far the rates of two groups, such as `translation · with word`, may lie apart. */
    difference?: { between: [string, string]; atMost: number };
  };
}

const rate = z.number().min(0).max(1);

export const evalConfig = z.strictObject({
  tasks: z
    .array(
      z.strictObject({
        files: z.array(z.string().min(1)).min(1).exactOptional(),
        generator: z.string().exactOptional(),
        options: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
      }),
    )
    .min(1),
  maxTokens: z.number().int().positive().exactOptional(),
  targets: z
    .strictObject({
      rate: rate.exactOptional(),
      rateOfEachKind: rate.exactOptional(),
      difference: z
        .strictObject({ between: z.tuple([z.string(), z.string()]), atMost: rate })
        .exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<EvalConfig>;

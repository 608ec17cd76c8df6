/** What a finished stage leaves for later executions of its run. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeFolder, writeFileAtomic } from '../base/index.ts';
import { type Recipe, type StageName, stageNames } from './recipe.ts';
import type { StageSummary } from './run-recipe.ts';

const fileName = 'finished.json';

/** JSON has no NaN, and writes null instead. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const finishedStage = z.object({
  key: z.string(),
  name: z.enum(stageNames),
  seconds: z.number(),
  metrics: z.record(z.string(), number),
  checks: z.array(
    z.object({
      ...{ name: z.string(), target: z.string(), pass: z.boolean() },
      value: z.union([z.string(), number]),
    }),
  ),
}) satisfies z.ZodType<StageSummary & { key: string }>;

/** A stage of a recipe. */
export interface KeyedStage {
  name: StageName;
  config: object;
  /** A hash of all that it depends on: the seed, its numbers, and those of the stages before it. */
  key: string;
}

/** The stages that a recipe has, in their order. */
export function keyedStages(recipe: Pick<Recipe, 'seed' | StageName>): KeyedStage[] {
  let key = String(recipe.seed ?? 1);
  return stageNames.flatMap((name) => {
    const config = recipe[name];
    if (config === undefined) return [];
    key = createHash('sha256')
      .update(JSON.stringify([key, config]))
      .digest('hex');
    return [{ name, config, key }];
  });
}

/**
 * The summary of the stage in a folder, if it was finished with this key. A damaged file is none:
 * the stage runs again, or goes on.
 */
export function readFinished(folder: string, key: string): StageSummary | undefined {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, fileName), 'utf8'));
  } catch {
    return undefined;
  }
  const { data } = finishedStage.safeParse(value);
  if (data?.key !== key) return undefined;
  const { key: _, ...summary } = data;
  return summary;
}

export function writeFinished(folder: string, key: string, summary: StageSummary): void {
  makeFolder(folder);
  writeFileAtomic(join(folder, fileName), `${JSON.stringify({ key, ...summary }, null, 2)}\n`);
}

/**
 * What the folder of a run says of its stages, in their order; without a summary they are not
 * finished. Changes nothing.
 *
 * @param recipe that of the run (`recipe.json`)
 */
export function readStages(
  folder: string,
  recipe: Pick<Recipe, 'seed' | StageName>,
): { name: StageName; summary: StageSummary | undefined }[] {
  return keyedStages(recipe).map(({ name, key }) => ({
    name,
    summary: readFinished(join(folder, name), key),
  }));
}

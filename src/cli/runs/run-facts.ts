/** What the files of a run say of it. Nothing is changed, and the run may be at work meanwhile. */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { FileError, lockHolder } from '../../base/index.ts';
import { type Recipe, readStages, type StageSummary } from '../../recipe/index.ts';
import { readTrainingState, type TrainingState } from './metrics-file.ts';

export interface RunFacts {
  name: string;
  folder: string;
  /** `failed`: every stage has ended, and not every check holds. */
  state: 'running' | 'finished' | 'failed' | 'unfinished';
  recipe: Readonly<Record<string, unknown>> & { name: string };
  stages: readonly StageFacts[];
  /** Of the stages. Lost work is counted where a stage tells of it. */
  seconds: number;
  sizeBytes: number;
  /** When the newest of its files was written, as ISO 8601. */
  changedAt: string;
}

export interface StageFacts {
  name: string;
  /** Missing while it is not finished. */
  summary?: StageSummary;
  /** Of a stage that trains, once it has finished a step. */
  training?: TrainingState;
}

export const recipeFile = 'recipe.json';
export const metricsFile = 'metrics.jsonl';

const recipeSchema = z.looseObject({ name: z.string() });

/** @throws FileError when its recipe is damaged or gone. */
export function readRun(folder: string): RunFacts {
  const recipe = readRecipe(join(folder, recipeFile));
  const stages = readStages(folder, recipe as unknown as Recipe).map(({ name, summary }) => {
    const training = trainingOf(join(folder, name, metricsFile));
    return { name, ...(summary && { summary }), ...(training && { training }) };
  });
  const { sizeBytes, changedMs } = measureFolder(folder);
  return {
    ...{ name: basename(resolve(folder)), folder, recipe, stages, sizeBytes },
    state: lockHolder(join(folder, '.lock')) === undefined ? stateOf(stages) : 'running',
    seconds: stages.reduce((sum, stage) => sum + secondsOf(stage), 0),
    changedAt: new Date(changedMs).toISOString(),
  };
}

/** Whether a folder looks like a run, whole or not. */
export function isRun(folder: string): boolean {
  try {
    return statSync(join(folder, recipeFile)).isFile();
  } catch {
    return false;
  }
}

function readRecipe(path: string): RunFacts['recipe'] {
  let got = 'a file that cannot be read';
  try {
    const text = readFileSync(path, 'utf8');
    got = 'something else';
    return recipeSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new FileError({ what: path, must: 'be a recipe as JSON', got }, { cause });
  }
}

/** Numbers that cannot be read are no reason to hide a run. */
function trainingOf(path: string): TrainingState | undefined {
  try {
    return readTrainingState(path);
  } catch {
    return undefined;
  }
}

function stateOf(stages: readonly StageFacts[]): RunFacts['state'] {
  if (stages.some(({ summary }) => summary === undefined)) return 'unfinished';
  const checks = stages.flatMap(({ summary }) => summary?.checks ?? []);
  return checks.every(({ pass }) => pass) ? 'finished' : 'failed';
}

function secondsOf({ summary, training }: StageFacts): number {
  return Math.max(summary?.seconds ?? 0, training?.secondsElapsed ?? 0);
}

/** Sizes of all files below a folder, and the newest of their times. Links are not followed. */
function measureFolder(folder: string): { sizeBytes: number; changedMs: number } {
  let [sizeBytes, changedMs] = [0, 0];
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const found = statOf(path);
    if (found?.isDirectory()) {
      const inside = measureFolder(path);
      sizeBytes += inside.sizeBytes;
      changedMs = Math.max(changedMs, inside.changedMs);
    } else if (found?.isFile()) {
      sizeBytes += found.size;
      changedMs = Math.max(changedMs, found.mtimeMs);
    }
  }
  return { sizeBytes, changedMs };
}

/** Files of a run at work come and go between two looks. */
function statOf(path: string) {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

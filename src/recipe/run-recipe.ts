/** Runs the stages of a recipe, one after the other, in one folder. */
import {
  ConfigError,
  openRunDirectory,
  type RunDirectory,
  type Stage,
  type StageContext,
  type StageResult,
  writeFileAtomic,
} from '../base/index.ts';
import {
  compare,
  corpus,
  evaluate,
  ppo,
  pretrain,
  reward,
  sample,
  sft,
  tokenizer,
} from '../stages/index.ts';
import { keyedStages, readFinished, writeFinished } from './finished-stage.ts';
import { type Recipe, type StageName, stageNames } from './recipe.ts';

/** How one stage of a run went. */
export interface StageSummary extends StageResult {
  name: StageName;
  /** Of the execution that finished it. */
  seconds: number;
}

/** `summary.json` of a run. */
export interface RunSummary {
  stages: readonly StageSummary[];
  /** Whether every check of every stage holds. */
  pass: boolean;
}

type BuiltIns = Pick<StageContext, 'conversationGenerators' | 'taskGenerators' | 'goldGenerators'>;

export interface RunOptions
  extends Pick<StageContext, 'progress' | 'stop' | 'generators'>,
    Partial<BuiltIns> {
  folder: string;
  /** Runs this stage only; those before it must be finished. */
  only?: StageName | undefined;
  /** Told of every stage that is finished; `isOld` when an earlier execution has done it. */
  onStage?: (summary: StageSummary, isOld: boolean) => void;
}

const stages = {
  ...{ corpus, tokenizer, pretrain, sample, sft, reward, ppo },
  ...{ eval: evaluate, compare },
};

/**
 * Runs what is not finished yet, and goes on with what was interrupted: a stage counts as finished as
 * long as its numbers, the seed and the stages before it are the same.
 *
 * @param recipe a resolved one
 * @returns undefined when it was stopped; what was done is safe
 * @throws ConfigError for a stage that the recipe does not have, and for one that needs another first;
 *   FileError when another process works in the folder; what stages throw.
 */
export async function runRecipe(
  recipe: Recipe,
  options: RunOptions,
): Promise<RunSummary | undefined> {
  const { folder, only, onStage } = options;
  checkOnly(recipe, only);
  using run = openRunDirectory(folder, recipe);
  const context = contextOf(recipe, run, options);
  const summaries: StageSummary[] = [];
  for (const { name, config, key } of keyedStages(recipe)) {
    const old = readFinished(run.file(name), key);
    const isSkipped = only !== undefined && only !== name;
    if (old === undefined && isSkipped) {
      if (stageNames.indexOf(name) < stageNames.indexOf(only)) throw needed(name, only, recipe);
      continue;
    }
    const summary = old ?? (await runStage(name, config, context));
    if (summary === undefined) return undefined;
    if (old === undefined) writeFinished(run.file(name), key, summary);
    if (!isSkipped) onStage?.(summary, old !== undefined);
    summaries.push(summary);
  }
  const pass = summaries.every(({ checks }) => checks.every((check) => check.pass));
  const summary = { stages: summaries, pass };
  writeFileAtomic(run.file('summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

function contextOf(recipe: Recipe, run: RunDirectory, options: RunOptions): StageContext {
  const { progress, stop, generators } = options;
  const { conversationGenerators = {}, taskGenerators = {}, goldGenerators = {} } = options;
  const builtIns = { generators, conversationGenerators, taskGenerators, goldGenerators };
  return { name: recipe.name, run, seed: recipe.seed ?? 1, progress, stop, ...builtIns };
}

async function runStage(
  name: StageName,
  config: object,
  context: StageContext,
): Promise<StageSummary | undefined> {
  const start = performance.now();
  // Each stage has the config of its own name.
  const result = await (stages[name] as Stage<object>)(config, context);
  const seconds = (performance.now() - start) / 1000;
  return result === undefined ? undefined : { name, seconds, ...result };
}

function checkOnly(recipe: Recipe, only: StageName | undefined): void {
  if (only === undefined || recipe[only] !== undefined) return;
  const names = stageNames.filter((name) => recipe[name] !== undefined);
  const must = `be a stage of ${recipe.name}: ${names.join(', ')}`;
  throw new ConfigError({ what: 'the stage', must, got: only });
}

function needed(name: StageName, only: StageName, recipe: Recipe): ConfigError {
  return new ConfigError({
    what: `the stage ${name}`,
    must: `be finished, with the numbers of this recipe, before ${only} runs`,
    got: 'one that is not',
    hint: `athanor run ${recipe.name} runs all that is missing; --only ${name} runs that alone`,
  });
}

/** `athanor run | pretrain | sft | reward | ppo`: recipes. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { type ExitCode, exitCodes } from '../base/index.ts';
import type { StageName } from '../recipe/index.ts';
import { addRecipeFlags } from './recipe-flags.ts';

interface RunFlags {
  only?: StageName;
  set: string[];
  out?: string;
  json?: boolean;
}

/** The stages that are commands too. */
const stageCommands = {
  pretrain: 'train a model to continue text',
  sft: 'fine-tune a model on conversations',
  reward: 'train a reward model on rankings of answers',
  ppo: 'reinforce a model by a reward model',
  eval: 'measure the models of a run on tasks',
} satisfies Partial<Record<StageName, string>>;

/** Adds the commands to the program; nothing of theirs is loaded before one of them runs. */
export function addRunCommands(program: Command): void {
  const recipe = 'the name of a built-in recipe, or a file (.ts, .mjs) that exports one';
  withFlags(program.command('run'))
    .description('run the stages of a recipe; goes on where an earlier run was interrupted')
    .argument('[recipe]', `${recipe}; without it, lists those that are built in`)
    .option('--only <stage>', 'run this stage only; those before it must be finished')
    .action(run);
  for (const [stage, description] of Object.entries(stageCommands)) {
    withFlags(program.command(stage))
      .description(`${description}: run <recipe> --only ${stage}`)
      .argument('<recipe>', recipe)
      .action((name: string, flags: RunFlags) => run(name, { ...flags, only: stage as StageName }));
  }
}

function withFlags(command: Command): Command {
  return addRecipeFlags(command).option(
    '--out <folder>',
    'the folder of the run (default: runs/<name of the recipe>)',
  );
}

async function run(name: string | undefined, flags: RunFlags): Promise<void> {
  const { loadBuiltIns } = await import('./load-recipe.ts');
  const builtIns = await loadBuiltIns();
  process.exitCode =
    name === undefined ? list(builtIns.recipes) : await runNamed(name, flags, builtIns);
}

function list(recipes: Readonly<Record<string, { description: string }>>): ExitCode {
  for (const [name, { description }] of Object.entries(recipes)) {
    process.stdout.write(`${name.padEnd(18)}${description}\n`);
  }
  return exitCodes.done;
}

async function runNamed(
  name: string,
  { only, set, out, json = false }: RunFlags,
  builtIns: import('./load-recipe.ts').BuiltIns,
): Promise<ExitCode> {
  const { loadRecipe } = await import('./load-recipe.ts');
  const { recipes: _, ...generators } = builtIns;
  const { resolveRecipe, runRecipe } = await import('../recipe/index.ts');
  const { StopSignals } = await import('../train/index.ts');
  const { formatStage, formatSummary } = await import('./run-report.ts');
  const recipe = resolveRecipe(await loadRecipe(name, builtIns), set);
  const folder = out ?? join('runs', recipe.name);
  // Never closed: a signal between the last save and the exit must not change the exit code.
  const stop = new StopSignals();
  const print = (text: string) => process.stdout.write(`${text}\n`);
  const summary = await runRecipe(recipe, {
    ...{ folder, only, stop, ...generators },
    progress: json ? { style: 'json' } : {},
    onStage: (stage, isOld) =>
      print(json ? JSON.stringify({ ...stage, isOld }) : formatStage(stage, isOld)),
  });
  if (summary === undefined) return stop.exitCode;
  print(json ? JSON.stringify(summary) : formatSummary(summary, folder));
  return summary.pass ? exitCodes.done : exitCodes.failure;
}

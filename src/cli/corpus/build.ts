/** `athanor corpus build`. */
import { join } from 'node:path';
import { ConfigError, type ExitCode, exitCodes } from '../../base/index.ts';
import { folderName } from '../../corpus/index.ts';
import { resolveRecipe } from '../../recipe/index.ts';
import {
  type CorpusConfig,
  cleanedSources,
  formatFunnel,
  prepareVersion,
} from '../../stages/index.ts';
import { StopSignals } from '../../train/index.ts';
import { print } from '../arguments.ts';
import { loadBuiltIns, loadRecipe } from '../load-recipe.ts';

interface BuildFlags {
  set: string[];
  store?: string;
  name?: string;
  workers?: number;
  json?: boolean;
}

export async function build(recipeName: string, flags: BuildFlags): Promise<void> {
  process.exitCode = await buildRecipe(recipeName, flags);
}

async function buildRecipe(recipeName: string, flags: BuildFlags): Promise<ExitCode> {
  const { set, store, workers, json = false } = flags;
  const { recipes, generators } = await loadBuiltIns();
  const recipe = resolveRecipe(await loadRecipe(recipeName, { recipes }), set);
  const config: CorpusConfig = {
    ...cleanedConfig(recipe.name, recipe.corpus),
    ...(store !== undefined && { store }),
    ...(workers !== undefined && { numWorkers: workers }),
  };
  // Never closed: a signal between the last file and the exit must not change the exit code.
  const stop = new StopSignals();
  const progress = json ? { style: 'json' as const } : {};
  const { name = recipe.name } = flags;
  const { description } = recipe;
  const version = await prepareVersion(config, { name, description, progress, stop, generators });
  if (version === undefined) return stop.exitCode;
  const { folder, manifest } = version;
  const report = join(folder, 'report.html');
  if (json) await print(`${JSON.stringify({ version: folderName(manifest), report, manifest })}\n`);
  else await print(`${formatFunnel(manifest)}\n${report}\n`);
  return exitCodes.done;
}

function cleanedConfig(recipe: string, config: CorpusConfig | undefined): CorpusConfig {
  if (config !== undefined && cleanedSources(config).length > 0) return config;
  throw new ConfigError({
    what: `the recipe ${recipe}`,
    must: 'have a source with clean',
    got: config === undefined ? 'no corpus' : 'none, so there is nothing to build',
    hint: 'corpus: { sources: { web: { files: […], clean: { gopherQuality: {} } } } }',
  });
}

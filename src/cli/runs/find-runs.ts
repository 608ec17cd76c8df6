/** The runs in a folder, and the run that is meant by a name. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AthanorError, ConfigError } from '../../base/index.ts';
import { isRun, type RunFacts, readRun, recipeFile } from './run-facts.ts';

export interface FoundRuns {
  /** The newest first. */
  runs: readonly RunFacts[];
  damaged: readonly { name: string; problem: string }[];
  /** Names of what is no run. */
  others: readonly string[];
}

/** @throws ConfigError when the folder cannot be listed. */
export function findRuns(folder: string): FoundRuns {
  const runs: RunFacts[] = [];
  const damaged: { name: string; problem: string }[] = [];
  const others: string[] = [];
  for (const name of visibleNames(folder)) {
    try {
      if (isRun(join(folder, name))) runs.push(readRun(join(folder, name)));
      else others.push(name);
    } catch (error) {
      if (!(error instanceof AthanorError)) throw error;
      damaged.push({ name, problem: error.message });
    }
  }
  runs.sort((a, b) => b.changedAt.localeCompare(a.changedAt));
  return { runs, damaged, others };
}

/**
 * @param name of a run in the folder, or the path of any run
 * @throws ConfigError when there is none; FileError when its recipe is damaged.
 */
export function findRun(name: string, folder: string): RunFacts {
  const found = [join(folder, name), name].find((path) => name !== '' && isRun(path));
  if (found !== undefined) return readRun(found);
  const names = isFolder(folder) ? visibleNames(folder) : [];
  const runs = names.filter((other) => isRun(join(folder, other)));
  throw new ConfigError({
    what: 'the run',
    must: `be a folder with a ${recipeFile}, or the name of one in ${folder}`,
    got: name === '' ? 'an empty name' : name,
    hint: runs.length > 0 ? `the runs there are ${runs.join(', ')}` : 'athanor run quickstart',
  });
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function visibleNames(folder: string): string[] {
  if (isFolder(folder)) return readdirSync(folder).filter((name) => !name.startsWith('.'));
  throw new ConfigError({ what: '--folder', must: 'be a folder of runs', got: folder });
}

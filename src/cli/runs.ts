/** `athanor runs`: what was run, how it went, and what made the difference. Reads only JSON files. */
import type { Command } from 'commander';
import { print } from './arguments.ts';

/** Adds the command to the program; nothing of it is loaded before it runs. */
export function addRunsCommand(program: Command): void {
  program
    .command('runs')
    .description('list runs; show one with its curves; compare several')
    .argument('[run...]', 'names of runs, or their folders; without one, all are listed')
    .option('--folder <folder>', 'where the runs are (default: runs)')
    .option('--json', 'print one JSON object')
    .action(showRuns);
}

interface Options {
  folder?: string;
  json?: boolean;
}

async function showRuns(names: readonly string[], { folder, json = false }: Options) {
  const text = names.length === 0 ? await list(folder, json) : await show(names, folder, json);
  await print(`${text}\n`);
}

async function list(folder: string | undefined, json: boolean): Promise<string> {
  const { findRuns, isFolder } = await import('./runs/find-runs.ts');
  // Before the first run the default folder is not there, which is no mistake.
  const isEmpty = folder === undefined && !isFolder(defaultFolder);
  const none = { runs: [], damaged: [], others: [] };
  const found = isEmpty ? none : findRuns(folder ?? defaultFolder);
  if (json) return JSON.stringify(found);
  const { formatRuns } = await import('./runs/list-runs.ts');
  return formatRuns(found, Date.now());
}

async function show(
  names: readonly string[],
  folder = defaultFolder,
  json: boolean,
): Promise<string> {
  const { findRun } = await import('./runs/find-runs.ts');
  const { formatDetails, readDetails } = await import('./runs/show-run.ts');
  const runs = [];
  for (const name of names) runs.push(await readDetails(findRun(name, folder)));
  const [first] = runs;
  if (first !== undefined && runs.length === 1) {
    return json ? JSON.stringify(first) : formatDetails(first, terminalWidth(), Date.now());
  }
  const { compareRuns, formatComparison } = await import('./runs/compare-runs.ts');
  const comparison = compareRuns(runs);
  return json ? JSON.stringify(comparison) : formatComparison(comparison, terminalWidth());
}

const defaultFolder = 'runs';

/** A file or a pipe has no width; what is wider than this is hard to follow. */
function terminalWidth(): number {
  return Math.max(40, Math.min(process.stdout.columns ?? 80, 140));
}

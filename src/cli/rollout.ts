/** `athanor rollout`: what a policy answered in an update of PPO, and every number of every token. */
import type { Command } from 'commander';
import type { RolloutRecord } from '../rl/index.ts';
import { print, wholeNumber, wholeNumberFrom0 } from './arguments.ts';

/** Adds the command to the program; nothing of it is loaded before it runs. */
export function addRolloutCommand(program: Command): void {
  program
    .command('rollout')
    .description('show the answers that PPO has saved (ppo.saveRolloutsEvery), token by token')
    .argument('<run>', 'the name of a run, or its folder')
    .option('--update <n>', 'of this update (default: the last that was saved)', wholeNumberFrom0)
    .option('--answer <k>', 'the table of this answer, from 1 (default: a list)', wholeNumber)
    .option('--folder <folder>', 'where the runs are (default: runs)')
    .option('--json', 'print one JSON object per answer')
    .action(showRollout);
}

interface Options {
  update?: number;
  answer?: number;
  folder?: string;
  json?: boolean;
}

async function showRollout(name: string, options: Options): Promise<void> {
  const { update, answer, folder = 'runs', json = false } = options;
  const { findRun } = await import('./runs/find-runs.ts');
  const { chooseUpdate, listAnswers, oneAnswer, readRollout } = await import(
    './runs/saved-rollout.ts'
  );
  const run = findRun(name, folder).folder;
  const number = chooseUpdate(run, update);
  const records = await readRollout(run, number);
  const chosen = answer === undefined ? records : [oneAnswer(records, answer)];
  if (json) return await print(chosen.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const text =
    answer === undefined ? listAnswers(number, records) : await table(chosen[0] as RolloutRecord);
  await print(`${text}\n`);
}

async function table(record: RolloutRecord): Promise<string> {
  const { rolloutTable } = await import('../rl/index.ts');
  return rolloutTable(record, { color: process.stdout.isTTY === true });
}

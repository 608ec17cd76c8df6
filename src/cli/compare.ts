/** `athanor compare`: two models beside each other. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { decimal, print, wholeNumber } from './arguments.ts';
import { findModelFolder } from './model-source.ts';
import { findRewardModel } from './reward-score.ts';

interface Flags {
  reward?: string;
  prompts?: string;
  numPrompts: number;
  temperature: number;
  maxTokens: number;
  out: string;
  json?: boolean;
}

/** Adds the command to the program; LibTorch is loaded when it runs. */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('ask two models the same and put what they answer beside each other, measured')
    .argument('<first>', 'a run, by its folder or name in runs/, or a model folder')
    .argument('<second>', 'another one')
    .option('--reward <folder>', 'a reward model, or a run with one (default: that of the runs)')
    .option('--prompts <file>', 'JSON lines with "prompt" or "messages" (default: of the samples)')
    .addOption(
      new Option('--num-prompts <n>', 'of the samples').argParser(wholeNumber).default(200),
    )
    .addOption(new Option('--temperature <t>', '0 is greedy').argParser(decimal).default(1))
    .addOption(new Option('--max-tokens <n>', 'of an answer').argParser(wholeNumber).default(64))
    .option('--out <folder>', 'where compare.html and compare.md are written', 'compare')
    .option('--json', 'print one JSON object')
    .action(compare);
}

async function compare(first: string, second: string, flags: Flags): Promise<void> {
  const { temperature, maxTokens, out, json } = flags;
  const folders = [await findModelFolder(first), await findModelFolder(second)] as const;
  const stages = await import('../stages/index.ts');
  const prompts = await promptsOf(flags);
  const { compareTasks, comparisonRows, describeItems } = await import('../evaluate/index.ts');
  const judged = [first, second].map((run) => stages.readJudgedTasks(reportOf(run)));
  const comparison = await stages.compareFolders({
    ...{ names: [first, second], folders, prompts, temperature, maxTokens, seed: 1 },
    rewardFolder: rewardOf(flags, [second, first]),
    tasks: compareTasks(judged[0] ?? [], judged[1] ?? []),
  });
  stages.writeComparison(out, `${first} · ${second}`, comparison);
  const { formatTable } = await import('./table.ts');
  const { items: _, ...numbers } = comparison;
  const rows = comparisonRows(comparison).map(({ english, sides, difference }) => [
    ...[english, ...sides, difference],
  ]);
  const table = formatTable([['', first, second, ''], ...rows], 4);
  const page = join(out, 'compare.html');
  await print(
    json ? `${JSON.stringify(numbers)}\n` : `${table}\n\n${describeItems(comparison)}\n${page}\n`,
  );
}

async function promptsOf({ prompts: file, numPrompts }: Flags) {
  const { readComparePrompts } = await import('../stages/index.ts');
  if (file !== undefined) {
    return await readComparePrompts({ prompts: [{ files: [file] }] }, { goldGenerators: {} });
  }
  const { loadBuiltIns } = await import('./load-recipe.ts');
  const source = { generator: 'sample-prompts', options: { numPrompts, split: 'held-out' } };
  return await readComparePrompts({ prompts: [source] }, await loadBuiltIns());
}

/** That of a run; a model folder alone has none. */
function reportOf(source: string): string {
  const places = [source, join('runs', source)].map((run) => join(run, 'eval', 'report.json'));
  return places.find((file) => existsSync(file)) ?? '';
}

function rewardOf({ reward }: Flags, runs: readonly string[]): string | undefined {
  if (reward !== undefined) return findRewardModel(reward);
  const places = runs.flatMap((run) => [run, join('runs', run)]);
  const folders = places.map((run) => join(run, 'reward', 'model'));
  return folders.find((folder) => existsSync(join(folder, 'config.json')));
}

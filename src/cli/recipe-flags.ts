import { type Command, Option } from 'commander';

/** Adds what every command with a recipe takes. */
export function addRecipeFlags(command: Command): Command {
  const set = new Option('--set <path=value>', 'change a number of the recipe; may be repeated');
  return command
    .addOption(set.argParser((value, all: string[]) => [...all, value]).default([], 'none'))
    .option('--json', 'print one JSON object per line');
}

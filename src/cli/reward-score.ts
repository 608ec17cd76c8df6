/** `athanor reward score`: what a reward model thinks of answers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ConfigError } from '../base/index.ts';
import { print } from './arguments.ts';

/** Adds the command to `reward`, which trains one; LibTorch is loaded when it runs. */
export function addRewardScoreCommand(program: Command): void {
  const reward = program.commands.find((command) => command.name() === 'reward');
  reward
    ?.command('score')
    .description('score answers with a reward model, one JSON object per line')
    .argument('<model>', 'a run with a reward model, by its folder or name in runs/, or its folder')
    .argument(
      '<file>',
      'JSON lines of {"prompt", "answer"}, a text or messages and a text, or of {"messages"}',
    )
    .action(scoreFile);
}

/**
 * Prints for each line `{"line", "score"}`, or `{"line", "rejected"}` with the reason why it has none.
 */
async function scoreFile(source: string, file: string): Promise<void> {
  const folder = findRewardModel(source);
  const { readAnswers, scoreAnswers } = await import('../stages/index.ts');
  for await (const batch of scoreAnswers(folder, readAnswers(file))) {
    await print(batch.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }
}

/** @throws ConfigError where there is none. */
export function findRewardModel(source: string): string {
  const places = [source, join('runs', source)].flatMap((place) => [
    join(place, 'reward', 'model'),
    join(place, 'model'),
    place,
  ]);
  const found = places.find((place) => existsSync(join(place, 'config.json')));
  if (source !== '' && found !== undefined) return found;
  throw new ConfigError({
    what: 'the reward model',
    must: 'be a run that trained one, or its folder',
    got: source === '' ? 'an empty name' : source,
    hint: 'athanor reward <recipe> trains one',
  });
}

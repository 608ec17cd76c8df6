/** Rollouts in the folder of a run: `ppo/rollouts/<update>.jsonl`. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readJsonLines } from '../../base/index.ts';
import type { RolloutRecord } from '../../rl/index.ts';
import { formatTable } from '../table.ts';

/** The number of the update that is meant. @throws ConfigError when it was not saved. */
export function chooseUpdate(run: string, wanted?: number): number {
  const folder = join(run, 'ppo', 'rollouts');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const saved = names
    .flatMap((name) => (/^\d+\.jsonl$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
  const last = saved.at(-1);
  const chosen = wanted ?? last;
  if (chosen !== undefined && saved.includes(chosen)) return chosen;
  throw new ConfigError({
    what: wanted === undefined ? folder : `update ${wanted} in ${folder}`,
    must: 'have been saved',
    got: saved.length === 0 ? 'no rollout' : `those of ${saved.join(', ')}`,
    hint: '--set ppo.saveRolloutsEvery=10 saves one in ten',
  });
}

/** @throws FileError when it cannot be read. */
export async function readRollout(run: string, update: number): Promise<RolloutRecord[]> {
  const records: RolloutRecord[] = [];
  for await (const line of readJsonLines(join(run, 'ppo', 'rollouts', `${update}.jsonl`))) {
    // We wrote the file as a whole; a line that is no record was none of ours.
    if ('value' in line) records.push(line.value as unknown as RolloutRecord);
  }
  return records;
}

/** @throws ConfigError when there are fewer. */
export function oneAnswer(records: readonly RolloutRecord[], number: number): RolloutRecord {
  const record = records[number - 1];
  if (record !== undefined) return record;
  const must = `be from 1 to ${records.length}`;
  throw new ConfigError({ what: '--answer', must, got: String(number) });
}

const maxCharacters = 60;

/** One line for each answer: its number, score, KL, and how it begins. */
export function listAnswers(update: number, records: readonly RolloutRecord[]): string {
  const rows = records.map(({ score, kl, tokens, finished, prompt }, i) => [
    String(i + 1),
    score.toFixed(3),
    kl.reduce((sum, nats) => sum + nats, 0).toFixed(2),
    String(tokens.length),
    finished ? '' : 'no end',
    oneLine(prompt.slice(-maxCharacters / 2)),
    oneLine(tokens.join('').slice(0, maxCharacters)),
  ]);
  const header = ['answer', 'score', 'KL', 'tokens', '', '… prompt', 'answer'];
  const title = `update ${update}: --answer <k> shows every number of one answer`;
  return `${title}\n${formatTable([header, ...rows], 0)}`;
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '⏎').replace(/\p{C}/gu, '�');
}

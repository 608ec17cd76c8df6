/** What a finished stage leaves for later executions of its run. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../base/index.ts';
import type { StageSummary } from './run-recipe.ts';

const fileName = 'finished.json';

/** The summary of the stage in a folder, if it was finished with this key. */
export function readFinished(folder: string, key: string): StageSummary | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, fileName), 'utf8');
  } catch {
    return undefined;
  }
  const { key: found, ...summary } = JSON.parse(text) as StageSummary & { key: string };
  return found === key ? summary : undefined;
}

export function writeFinished(folder: string, key: string, summary: StageSummary): void {
  mkdirSync(folder, { recursive: true });
  writeFileAtomic(join(folder, fileName), `${JSON.stringify({ key, ...summary }, null, 2)}\n`);
}

/** `athanor rollout` on a saved rollout. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodes } from '../base/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

let folder = '';
const output = captureOutput();

beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-rollout-'));
  const rollouts = join(folder, 'run', 'ppo', 'rollouts');
  fs.mkdirSync(rollouts, { recursive: true });
  fs.mkdirSync(join(folder, 'empty'));
  const recipe = JSON.stringify({ name: 'tiny', description: '' });
  for (const run of ['run', 'empty']) fs.writeFileSync(join(folder, run, 'recipe.json'), recipe);
  const numbers = { logprobs: [-1, -2], referenceLogprobs: [-1.5, -2], kl: [0.5, 0] };
  const judged = { values: [0, 0], rewards: [0, 1], advantages: [1, 1], returns: [1, 1] };
  const record = { prompt: 'Hi', tokens: ['a', '<|end|>'], finished: true, score: 1 };
  const lines = [record, { ...record, score: -2, finished: false, prompt: 'a\nb' }].map(
    (one) => `${JSON.stringify({ ...one, ...numbers, ...judged })}\n`,
  );
  fs.writeFileSync(join(rollouts, '0.jsonl'), lines[0] ?? '');
  fs.writeFileSync(join(rollouts, '10.jsonl'), lines.join(''));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const rollout = (...args: string[]) => main(['rollout', '--folder', folder, ...args]);

test('lists the answers of the last update, and shows one as a table', async () => {
  expect(await rollout('run')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^update 10: /);
  expect(output.printed).toMatch(/2 +-2\.000 +0\.50 +2 +no end +a⏎b/);
  output.printed = '';
  expect(await rollout('run', '--update', '0', '--answer', '1')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/score 1\.000 · finished\n.*log π_ref/);
  output.printed = '';
  expect(await rollout('run', '--answer', '2', '--json')).toBe(exitCodes.done);
  expect(JSON.parse(output.printed)).toMatchObject({ score: -2, kl: [0.5, 0] });
});

test('what was not saved is said', async () => {
  expect(await rollout('run', '--update', '3')).toBe(exitCodes.usage);
  expect(output.complained).toMatch(/must have been saved, got those of 0, 10/);
  expect(await rollout('run', '--answer', '3')).toBe(exitCodes.usage);
  expect(output.complained).toMatch(/--answer must be from 1 to 2, got 3/);
  expect(await rollout('empty')).toBe(exitCodes.usage);
  expect(output.complained).toMatch(/got no rollout\n.*saveRolloutsEvery/);
});

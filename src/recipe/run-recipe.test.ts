/** What `runRecipe` runs, skips and refuses, with stages that only say that they ran. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { ConfigError, FileError, openRunDirectory, type Stage } from '../base/index.ts';
import type { Recipe, RunOptions, StageName } from './index.ts';
import { readStages, runRecipe } from './index.ts';

const ran: string[] = [];
/** What the next execution of a stage does. */
let behave: (name: string) => 'finish' | 'stop' | Error = () => 'finish';

vi.mock('../stages/index.ts', async (original) => {
  const fake =
    (name: string): Stage<object> =>
    async () => {
      ran.push(name);
      const behaviour = behave(name);
      if (behaviour instanceof Error) throw behaviour;
      if (behaviour === 'stop') return undefined;
      const check = { name: 'loss', value: 3, target: '≤ 4', pass: true };
      return { metrics: { loss: 3 }, checks: [check] };
    };
  const names = ['corpus', 'tokenizer', 'pretrain', 'sample'];
  const fakes = Object.fromEntries(names.map((name) => [name, fake(name)]));
  return { ...(await original<object>()), ...fakes };
});

const recipe: Recipe = {
  name: 'tiny',
  description: '',
  corpus: { sources: {} },
  tokenizer: { vocabSize: 300 },
  sample: { prompts: ['a'] },
};

beforeEach(() => {
  ran.length = 0;
  behave = () => 'finish';
});

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-recipe-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  return folder;
}

const run = (folder: string, changes: Partial<Recipe> = {}, only?: StageName, more = {}) => {
  ran.length = 0;
  const options = { folder, only, progress: {}, stop: { isRequested: false }, generators: {} };
  return runRecipe({ ...recipe, ...changes }, { ...options, ...more } as RunOptions);
};

test('stages run in order, once; a second run tells what was done', async () => {
  const folder = temporaryFolder();
  const first = await run(folder);
  expect(ran).toEqual(['corpus', 'tokenizer', 'sample']);
  expect(first).toMatchObject({
    pass: true,
    stages: [{ name: 'corpus', metrics: { loss: 3 } }, {}, {}],
  });
  expect(JSON.parse(fs.readFileSync(join(folder, 'summary.json'), 'utf8'))).toEqual(first);
  const told: [string, boolean][] = [];
  const onStage: RunOptions['onStage'] = ({ name }, isOld) => told.push([name, isOld]);
  expect(await run(folder, {}, undefined, { onStage })).toEqual(first);
  expect(ran).toEqual([]);
  expect(told).toEqual([
    ['corpus', true],
    ['tokenizer', true],
    ['sample', true],
  ]);
});

test('a changed number runs again what depends on it, and nothing else', async () => {
  const folder = temporaryFolder();
  await run(folder);
  await run(folder, { tokenizer: { vocabSize: 301 } });
  expect(ran).toEqual(['tokenizer', 'sample']);
  await run(folder, { tokenizer: { vocabSize: 301 }, sample: { prompts: ['b'] } });
  expect(ran).toEqual(['sample']);
  await run(folder, { seed: 2 });
  expect(ran).toEqual(['corpus', 'tokenizer', 'sample']);
  await run(folder, { seed: 2, description: 'other words' });
  expect(ran).toEqual([]);
});

test('a stage that failed, was stopped, or left a damaged word runs again', async () => {
  const folder = temporaryFolder();
  behave = (name) => (name === 'tokenizer' ? new Error('broken') : 'finish');
  await expect(run(folder)).rejects.toThrow('broken');
  behave = (name) => (name === 'tokenizer' ? 'stop' : 'finish');
  expect(await run(folder)).toBeUndefined();
  expect(ran).toEqual(['tokenizer']);
  expect(fs.existsSync(join(folder, 'summary.json'))).toBe(false);
  behave = () => 'finish';
  await run(folder);
  expect(ran).toEqual(['tokenizer', 'sample']);
  for (const text of ['{"key"', '{}', 'null']) {
    fs.writeFileSync(join(folder, 'sample', 'finished.json'), text);
    await run(folder);
    expect(ran).toEqual(['sample']);
  }
});

test('--only: one stage, after those that it needs', async () => {
  const folder = temporaryFolder();
  const refused = run(folder, {}, 'tokenizer');
  await expect(refused).rejects.toThrow(ConfigError);
  await expect(refused).rejects.toThrow(
    /^the stage corpus must be finished, .* before tokenizer runs, got .*\n {2}hint: athanor run tiny /,
  );
  expect(ran).toEqual([]);
  await run(folder, {}, 'corpus');
  await run(folder, {}, 'tokenizer');
  expect(ran).toEqual(['tokenizer']);
  await expect(run(folder, { seed: 3 }, 'tokenizer')).rejects.toThrow(/the stage corpus must be/);
  await expect(run(folder, {}, 'pretrain')).rejects.toThrow(
    /the stage must be a stage of tiny: corpus, tokenizer, sample, got pretrain/,
  );
});

test('two runs in one folder: the second is refused, and the first goes on', async () => {
  const folder = temporaryFolder();
  {
    using _first = openRunDirectory(folder, recipe);
    const second = run(folder);
    await expect(second).rejects.toThrow(FileError);
    await expect(second).rejects.toThrow(/two runs in one folder .* got held by process/);
    expect(ran).toEqual([]);
  }
  await run(folder);
  expect(ran).toHaveLength(3);
});

test('what the files say of the stages', async () => {
  const folder = temporaryFolder();
  await run(folder, {}, 'corpus');
  const finished = (changes = {}) =>
    readStages(folder, { ...recipe, ...changes }).map(({ summary }) => summary?.name);
  expect(finished()).toEqual(['corpus', undefined, undefined]);
  expect(finished({ seed: 9 })).toEqual([undefined, undefined, undefined]);
});

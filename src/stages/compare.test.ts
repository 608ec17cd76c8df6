/** Two models, a reward model and prompts whose truth is known, compared through their files. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { openRunDirectory, type StageContext } from '../base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../chat/index.ts';
import { exportModel, exportRewardModel, Gpt, rewardModelOf } from '../model/index.ts';
import { liveTensors, manualSeed, noGrad, setNumThreads } from '../tensor/index.ts';
import { type CompareConfig, checkCompareConfig, compare } from './index.ts';

const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-compare-'));
const size = { numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 64, vocabSize: 261 };
const tokenizer = byteTokenizer(athanorSpecialTokens);
const chatTemplate = createChatTemplate('athanor', tokenizer);

/** A model of noise, and a reward model that begins as it. */
function makeModel(name: string, seed: number): void {
  manualSeed(seed);
  using model = new Gpt(size);
  noGrad(() => {
    for (const parameter of model.parameters().values()) parameter.normal_(0, 0.3);
  });
  exportModel(model, tokenizer, join(folder, name), { chatTemplate });
  using reward = rewardModelOf(model);
  exportRewardModel(reward, tokenizer, join(folder, `${name}-reward`), { chatTemplate });
}

beforeAll(() => {
  setNumThreads(1);
  makeModel('one', 1);
  makeModel('two', 2);
  const report = (rightId: string) => ({
    answers: ['a', 'b'].map((id) => ({ id, isRight: id === rightId })),
  });
  fs.writeFileSync(
    join(folder, 'report.json'),
    JSON.stringify({ [join(folder, 'one')]: report('a'), [join(folder, 'two')]: report('b') }),
  );
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Longer answers are worth more. */
const goldGenerators = {
  lengths: ({ numPrompts = 0 }) =>
    Array.from({ length: Number(numPrompts) }, (_, i) => ({
      messages: [{ role: 'user', content: `q${i % 8}` }],
      score: (answer: string) => answer.length,
    })),
};

const config: CompareConfig = {
  prompts: [{ generator: 'lengths', options: { numPrompts: 24 } }],
  models: [join(folder, 'one'), join(folder, 'two')],
  rewardModel: join(folder, 'one-reward'),
  maxTokens: 12,
};

async function run(changes: Partial<CompareConfig> = {}) {
  const place = fs.mkdtempSync(join(folder, 'run-'));
  using directory = openRunDirectory(place, {});
  fs.mkdirSync(join(place, 'eval'));
  fs.copyFileSync(join(folder, 'report.json'), join(place, 'eval/report.json'));
  const context: StageContext = {
    ...{ name: 'test', run: directory, seed: 1, progress: { stream: { write: () => {} } } },
    ...{ generators: {}, conversationGenerators: {}, taskGenerators: {}, goldGenerators },
    stop: { isRequested: false },
  };
  const result = await compare({ ...config, ...changes }, context);
  return { place, result, metrics: result?.metrics ?? {} };
}

test('a table of everything, and the same again for the same seed', async () => {
  const before = liveTensors();
  const targets = { winRate: 0.01, kl: 1000, accuracyDrop: 0.5 };
  const { place, result, metrics } = await run({ targets });
  expect(metrics).toMatchObject({ numItems: 24, numPrompts: 8, accuracyDrop: 0 });
  expect(metrics.kl).toBeGreaterThan(0);
  expect(metrics.winRate).toBeGreaterThan(0);
  expect(result?.checks.map(({ pass }) => pass)).toEqual([true, true, false]);
  const files = fs.readdirSync(join(place, 'compare')).sort();
  expect(files).toEqual(['compare.html', 'compare.md', 'report.json']);
  expect((await run()).metrics).toEqual(metrics);
  expect(liveTensors()).toBe(before);
});

test('a model compared with itself is at no distance and wins half', async () => {
  const { metrics } = await run({ models: [join(folder, 'one'), join(folder, 'one')] });
  expect(Math.abs(metrics.kl ?? 1)).toBeLessThan(1e-6);
  expect(metrics.winRate).toBe(0.5);
});

test('prompts from files have no truth, and long ones are left out', async () => {
  const file = join(folder, 'prompts.jsonl');
  const rows = [{ prompt: 'q' }, { messages: [{ role: 'user', content: 'x'.repeat(80) }] }];
  fs.writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { metrics } = await run({ prompts: [{ files: [file] }] });
  expect(metrics.numItems).toBe(1);
  expect(metrics).not.toHaveProperty('winRate');
  fs.writeFileSync(file, '{"prompt": ""}\n');
  await expect(run({ prompts: [{ files: [file] }] })).rejects.toThrow(/line 1: prompt/);
  fs.writeFileSync(file, `${JSON.stringify({ prompt: 'x'.repeat(80) })}\n`);
  await expect(run({ prompts: [{ files: [file] }] })).rejects.toThrow(/leave room for an answer/);
});

test('what does not belong together is refused', async () => {
  const other = byteTokenizer([...athanorSpecialTokens, '<|more|>']);
  const wide = { ...size, vocabSize: other.vocabSize };
  using model = new Gpt(wide);
  using reward = rewardModelOf(model);
  const template = createChatTemplate('athanor', other);
  exportRewardModel(reward, other, join(folder, 'other-reward'), { chatTemplate: template });
  exportModel(model, other, join(folder, 'other'), { chatTemplate: template });
  exportModel(model, other, join(folder, 'plain'));
  await expect(run({ rewardModel: join(folder, 'other-reward') })).rejects.toThrow(
    /other-reward must be those of/,
  );
  const pair = (second: string) => ({ models: [join(folder, 'one'), second] as [string, string] });
  await expect(run(pair(join(folder, 'other')))).rejects.toThrow(/must be those of/);
  await expect(run(pair(join(folder, 'plain')))).rejects.toThrow(/must have a chat template/);
  await expect(run({ prompts: [{ generator: 'x' }] })).rejects.toThrow(/must be one of lengths/);
  expect(() => checkCompareConfig({ prompts: [{}] })).toThrow(/compare.prompts.0 must have files/);
});

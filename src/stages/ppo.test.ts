/** Reinforcement of a tiny model: what it learns, that it goes on exactly, and what it refuses. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { metricsOf, TinyPpo } from '../../tests/tiny-ppo.ts';
import { athanorSpecialTokens, createChatTemplate } from '../chat/index.ts';
import {
  exportModel,
  exportRewardModel,
  Gpt,
  growVocabulary,
  loadModel,
  modern,
  rewardModelOf,
} from '../model/index.ts';
import { type RolloutRecord, rolloutTable } from '../rl/index.ts';
import { liveTensors, noGrad, scope, setNumThreads } from '../tensor/index.ts';

let tiny: TinyPpo;

beforeAll(() => {
  setNumThreads(1);
  tiny = new TinyPpo();
});
afterAll(() => tiny.remove());

const read = (...names: string[]) => fs.readFileSync(join(...names), 'utf8');
const hashesOf = (path: string, step: number) =>
  JSON.parse(read(path, `ppo/checkpoints/step-0000000${step}/manifest.json`)).files;

test('answers score better, and every number is told', async () => {
  const before = liveTensors();
  const { path, result } = await tiny.run({ numUpdates: 8, ema: 0.5, saveRolloutsEvery: 4 });
  expect(result?.metrics).toMatchObject({ numUpdates: 8, numEpisodes: 128, numPrompts: 40 });
  const lines = metricsOf(path);
  expect(lines.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const [first, last] = [lines[0] ?? {}, lines.at(-1) ?? {}];
  expect(first['kl/mean']).toBe(0);
  expect(first['engine/maxDifference']).toBeLessThan(2e-5);
  expect(last['reward/mean']).toBeGreaterThan(Number(first['reward/mean']) + 0.3);
  expect(last['kl/mean']).toBeGreaterThan(0.1);
  const records = read(path, 'ppo/rollouts/4.jsonl').trim().split('\n');
  const record = JSON.parse(records[0] ?? '') as RolloutRecord;
  expect(records.length).toBe(16);
  expect(record.advantages.length).toBe(record.tokens.length);
  expect(rolloutTable(record)).toContain('advantage');
  expect(JSON.parse(read(path, 'ppo/report.json'))).toMatchObject({ numRead: 40, rollbacks: [] });
  const { model } = await loadModel(join(path, 'ppo/model'));
  model.dispose();
  expect(liveTensors()).toBe(before);
});

test('a run that was stopped twice ends in the same bits', async () => {
  const changes = { ema: 0.9, numEpochs: 2 };
  const whole = await tiny.run(changes);
  const stopped = await tiny.run(changes, { stopAfter: 14 });
  expect(stopped.result).toBeUndefined();
  expect((await tiny.run(changes, { path: stopped.path, stopAfter: 9 })).result).toBeUndefined();
  const resumed = await tiny.run(changes, { path: stopped.path });
  expect(hashesOf(resumed.path, 4)).toEqual(hashesOf(whole.path, 4));
  const told = (path: string) =>
    metricsOf(path).map((line) => [line.step, line.loss, line['reward/mean'], line['value/loss']]);
  expect(told(resumed.path)).toEqual(told(whole.path));
  const weights = (path: string) => fs.readFileSync(join(path, 'ppo/model/model.safetensors'));
  expect(weights(resumed.path).equals(weights(whole.path))).toBe(true);
});

test('forward passes that are kept and those that are made again give the same bits', async () => {
  const hashes = [];
  for (const keptGraphBytes of [undefined, 0, 1_000_000]) {
    const kept = keptGraphBytes === undefined ? {} : { keptGraphBytes };
    const { path } = await tiny.run({ numUpdates: 2, numEpochs: 2, ...kept });
    hashes.push(hashesOf(path, 2));
  }
  expect(hashes[1]).toEqual(hashes[0]);
  expect(hashes[2]).toEqual(hashes[0]);
});

test('rules judge the answers to prompts of which they know the truth', async () => {
  const content = Array.from({ length: 20 }, (_, i) => `ask ${i}`);
  const answers: string[] = [];
  const score = (answer: string) => answers.push(answer) && answer.length;
  const { path } = await tiny.run(
    { prompts: [{ generator: 'asked', options: {} }], numUpdates: 1 },
    {
      conversationGenerators: { asked: () => content.map((prompt) => ({ prompt })) },
      goldGenerators: {
        asked: () =>
          content.map((text) => ({ messages: [{ role: 'user', content: text }], score })),
      },
    },
  );
  const [line] = metricsOf(path);
  expect(answers.length).toBe(16);
  expect(answers.join('')).not.toContain('<|');
  const letters = answers.reduce((sum, { length }) => sum + length, 0);
  expect(line?.['gold/mean']).toBeCloseTo(letters / 16, 6);
});

test('rows that are no token of the tokenizer take no part', async () => {
  const policy = join(tiny.folder, 'padded');
  const { model, tokenizer } = await loadModel(tiny.policy);
  growVocabulary(model, 320);
  noGrad(() =>
    scope(() => {
      // Letters are what it says, so these rows would take most of the probability.
      const { weight } = model.outputLayer;
      weight.narrow(0, 261, 59).copy_(weight.narrow(0, 97, 59));
    }),
  );
  exportModel(model, tokenizer, policy, { chatTemplate: tiny.chatTemplate });
  model.dispose();
  const { path } = await tiny.run({ policy, rewardOfOtherBase: true, numUpdates: 2 });
  const [first] = metricsOf(path);
  expect(first?.['engine/maxDifference']).toBeLessThan(2e-5);
  expect(first?.['kl/mean']).toBe(0);
});

test('prompts of the model itself, an adaptive price, a zero head', async () => {
  const { path, result } = await tiny.run({
    prompts: [{ self: { numPrompts: 60, maxTokens: 30 } }],
    ...{ numUpdates: 2, valueInit: 'zero head', unfinished: { type: 'fixed', score: -1 } },
    kl: { type: 'adaptive', beta: 0.15, target: 6, horizon: 100 },
  });
  expect(result?.metrics.numPrompts).toBeGreaterThan(0);
  // KL of 0 is far below the target: down by a fifth of 16 / 100 in each update.
  expect(result?.metrics.beta).toBeCloseTo(0.15 * (1 - 0.2 * 0.16) ** 2, 6);
  expect(JSON.parse(read(path, 'ppo/report.json')).numRead).toBe(60);
});

test('models that do not belong together are refused before the first step', async () => {
  const folder = join(tiny.folder, 'other');
  const size = { numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 16, vocabSize: 264 };
  using base = new Gpt(modern(size));
  using other = rewardModelOf(base);
  const foreign = byteTokenizer([...athanorSpecialTokens, '<|more|>']);
  exportRewardModel(other, foreign, folder, {
    chatTemplate: createChatTemplate('athanor', foreign),
  });
  const refused = expect(tiny.run({ rewardModel: folder })).rejects;
  await refused.toThrow(/have the tokenizer of the policy/);
  await expect(tiny.run({ rewardModel: tiny.policy })).rejects.toThrow(/ForSequenceClassification/);
  await expect(tiny.run({ policy: tiny.folder })).rejects.toThrow(/be a fine-tuned model/);
  const short = join(tiny.folder, 'short');
  const { tokenizer, chatTemplate } = tiny;
  exportRewardModel(other, tokenizer, short, { chatTemplate });
  await expect(tiny.run({ rewardModel: short })).rejects.toThrow(/48 tokens of 261, got 16 of 264/);
});

test('a reward model that began as another model is refused, unless it is allowed', async () => {
  const rewardModel = join(tiny.folder, 'foreign');
  fs.cpSync(tiny.rewardModel, rewardModel, { recursive: true });
  const config = { ...JSON.parse(read(rewardModel, 'config.json')), reward_base_sha256: 'another' };
  fs.writeFileSync(join(rewardModel, 'config.json'), JSON.stringify(config));
  const refused = expect(tiny.run({ rewardModel })).rejects;
  await refused.toThrow(/have begun as the model that PPO begins with, got one .*another/);
  const { result } = await tiny.run({ rewardModel, rewardOfOtherBase: true, numUpdates: 1 });
  expect(result).toBeDefined();
});

test('prompts that leave nothing to answer are refused, and a run that is another one', async () => {
  await expect(tiny.run({ maxTokens: 48 })).rejects.toThrow(/room for a prompt in the context of/);
  const prompts = join(tiny.folder, 'few.jsonl');
  const long = 'x'.repeat(60);
  fs.writeFileSync(prompts, `{"prompt": "${long}"}\n{"prompt": ""}\n{"messages": 3}\n{}\n`);
  await expect(tiny.run({ prompts: [{ files: [prompts] }] })).rejects.toThrow(
    /got none of 4: 1 no room for an answer, 1 empty content, 1 messages are not a list, 1 no prompt/,
  );
  const { path } = await tiny.run({ numUpdates: 1 });
  await expect(tiny.run({ clip: 0.1 }, { path })).rejects.toThrow(/recipe\.clip: .*\(refuse\)/s);
});

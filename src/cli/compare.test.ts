/** `athanor compare` and `athanor reward score` on models of noise. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { exitCodes } from '../base/index.ts';
import { athanorSpecialTokens, createChatTemplate } from '../chat/index.ts';
import { exportModel, exportRewardModel, Gpt, rewardModelOf } from '../model/index.ts';
import { manualSeed, setNumThreads } from '../tensor/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

const output = captureOutput();
const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-compare-command-'));
const inFolder = (name: string) => join(folder, name);
afterAll(() => fs.rmSync(folder, { recursive: true }));

beforeAll(() => {
  setNumThreads(1);
  const tokenizer = byteTokenizer(athanorSpecialTokens);
  const chatTemplate = createChatTemplate('athanor', tokenizer);
  for (const [seed, name] of ['one', 'two'].entries()) {
    manualSeed(seed);
    using model = new Gpt({
      ...{ numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 64, vocabSize: 261 },
    });
    exportModel(model, tokenizer, inFolder(name), { chatTemplate });
    using reward = rewardModelOf(model);
    if (name === 'one')
      exportRewardModel(reward, tokenizer, inFolder('run/reward/model'), { chatTemplate });
  }
  fs.writeFileSync(inFolder('prompts.jsonl'), '{"prompt": "Who?"}\n{"prompt": "谁？"}\n');
  fs.writeFileSync(
    inFolder('answers.jsonl'),
    '{"prompt": "Who?", "answer": "Me."}\n{"prompt": ""}\n',
  );
});

test('compare prints a table and writes pages', async () => {
  const options = ['--reward', inFolder('run'), '--prompts', inFolder('prompts.jsonl')];
  const out = ['--out', inFolder('out'), '--max-tokens', '6'];
  const pair = [inFolder('one'), inFolder('two')];
  expect(await main(['compare', ...pair, ...options, ...out])).toBe(exitCodes.done);
  expect(output.printed).toMatch(/reward .* wins .* %/);
  expect(output.printed).toContain('KL, nats an answer');
  expect(output.printed).toContain('2 paired items');
  expect(fs.readdirSync(inFolder('out'))).toContain('compare.html');
});

test('reward score prints a line for each line', async () => {
  expect(await main(['reward', 'score', inFolder('run'), inFolder('answers.jsonl')])).toBe(0);
  const rows = output.printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toEqual([
    { line: 1, score: expect.any(Number) },
    { line: 2, rejected: 'neither prompt and answer nor messages' },
  ]);
});

test('what is not there is named, with what to do', async () => {
  const answers = inFolder('answers.jsonl');
  expect(await main(['reward', 'score', inFolder('none'), answers])).toBe(exitCodes.usage);
  expect(output.complained).toContain('hint: athanor reward <recipe> trains one');
  expect(await main(['reward', 'score', inFolder('one'), answers])).toBe(exitCodes.usage);
  expect(output.complained).toContain('this is no reward model');
  expect(await main(['compare', inFolder('one'), inFolder('none')])).toBe(exitCodes.usage);
});

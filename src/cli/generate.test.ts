/** `athanor generate` on model folders and runs. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { exitCodes } from '../base/index.ts';
import { generateTokens } from '../generate/index.ts';
import { exportModel, Gpt, HuggingFaceState, modelDocuments } from '../model/index.ts';
import { manualSeed, noGrad } from '../tensor/index.ts';
import { Tokenizer } from '../tokenizer/index.ts';
import { CheckpointStore, TrainState } from '../train/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

const tokenizer = new Tokenizer({
  tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  merges: 'ranks',
  wholePieces: true,
  splitter: 'gpt2',
  specialTokens: new Map([['<|endoftext|>', 256]]),
});

/** A model whose choices are clear. */
function randomModel(seed: number): Gpt {
  manualSeed(seed);
  const size = { numLayers: 1, hiddenSize: 16, numHeads: 2, contextLength: 12, vocabSize: 260 };
  const model = new Gpt(size).eval();
  noGrad(() => {
    for (const parameter of model.parameters().values()) parameter.normal_(0, 0.4);
  });
  return model;
}

let folder = '';
const output = captureOutput();
const prompt = 'abc';
let greedy: number[] = [];

beforeAll(async () => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-generate-'));
  using model = randomModel(1);
  exportModel(model, tokenizer, join(folder, 'model'));
  const request = { prompt: tokenizer.encode(prompt), temperature: 0 };
  const [result] = await generateTokens(model, [request], { numTokens: tokenizer.vocabSize });
  greedy = result?.tokens ?? [];
  fs.mkdirSync(join(folder, 'runs'));
  fs.writeFileSync(join(folder, 'runs', 'file'), '');
  await saveRun(join(folder, 'run', 'pretrain', 'checkpoints'));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));
/** A run of two checkpoints; the last one is the model of the folder. */
async function saveRun(path: string): Promise<void> {
  const store = new CheckpointStore({ folder: path, facts: {} });
  for (const step of [0, 1]) {
    using model = randomModel(step);
    using weights = new HuggingFaceState(model);
    const state = { ...new TrainState().snapshot(), step };
    const tensors = { 'model.safetensors': weights.stateDict() };
    await store.save({
      state,
      tensors,
      documents: modelDocuments({ config: model.config, tokenizer }),
    });
  }
  await store.close();
}

const generate = (source: string, ...options: string[]) =>
  main(['generate', join(folder, source), prompt, ...options]);

test('greedy text of a model folder, and of the last checkpoint of a run', async () => {
  const last = 'run/pretrain/checkpoints/step-00000001';
  for (const source of ['model', 'run', 'run/pretrain', last]) {
    expect(await generate(source, '--temperature', '0')).toBe(exitCodes.done);
  }
  expect(output.printed).toBe(`${prompt}${tokenizer.decode(greedy)}\n`.repeat(4));
  output.printed = '';
  await generate('run/pretrain/checkpoints/step-00000000', '--temperature', '0', '--json');
  expect(JSON.parse(output.printed).tokens).not.toEqual(greedy);
});

test('--json, stop texts and a seed', async () => {
  const options = ['--seed', '3', '--top-k', '20', '--max-tokens', '5', '--json'];
  await generate('model', ...options);
  const first = JSON.parse(output.printed);
  expect(first).toMatchObject({ model: join(folder, 'model'), prompt, finishReason: 'length' });
  expect(first.tokens).toHaveLength(5);
  expect(first.text).toBe(tokenizer.decode(first.tokens));
  output.printed = '';
  await generate('model', ...options, '--stop', first.text.slice(1, 3), '--stop', 'unlikely');
  expect(JSON.parse(output.printed)).toMatchObject({ text: first.text[0], finishReason: 'stop' });
});

test('a damaged checkpoint is told and left out', async () => {
  fs.cpSync(join(folder, 'run'), join(folder, 'hurt'), { recursive: true });
  const checkpoints = join(folder, 'hurt', 'pretrain', 'checkpoints');
  fs.truncateSync(join(checkpoints, 'step-00000001', 'model.safetensors'), 500);
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await generate('hurt')).toBe(exitCodes.done);
  expect(told.mock.calls.join()).toMatch(
    /step-00000001 is damaged and left out: .*model.safetensors/,
  );
  expect(await generate('hurt/pretrain/checkpoints/step-00000001')).toBe(exitCodes.failure);
  fs.rmSync(join(checkpoints, 'step-00000000', 'config.json'));
  expect(await generate('hurt')).toBe(exitCodes.noUsableCheckpoint);
});

describe('what cannot be is a usage error', () => {
  test.each<[string[], RegExp]>([
    [['missing', 'x'], /the run or model folder must exist, got .*missing/],
    [['runs', 'x'], /must be a run with checkpoints, .* got a folder with neither/],
    [['model', ''], /UsageError: the prompt must not be empty/],
    [['model', 'x'.repeat(12)], /be shorter than the model's context of 12 tokens, got 12 tokens/],
    [['model', 'x', '--temperature', 'hot'], /--temperature.* must be a number/],
    [['model', 'x', '--temperature', '-1'], /temperature must be 0 \(greedy\) or a positive/],
    [['model', 'x', '--top-p', '2'], /topP must be above 0 and at most 1, got 2/],
    [['model', 'x', '--max-tokens', '0'], /must be a whole number from 1/],
    [['model', 'x', '--stop', ''], /a stop sequence must not be empty/],
    [['model', 'x', '--precision', 'int4'], /Allowed choices are auto, fp32, bf16/],
    [['model', 'x', '--device', 'tpu'], /must be cpu or cuda/],
    [['model'], /missing required argument 'prompt'/],
  ])('%j', async ([source = '', ...rest], message) => {
    expect(await main(['generate', join(folder, source), ...rest])).toBe(exitCodes.usage);
    expect(output.complained).toMatch(message);
    expect(output.printed).toBe('');
  });
});

/** Adapters that Python's peft saved (tools/fixtures/adapter.py) compute its logits here. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { trainableParameters } from '../../nn/index.ts';
import { loadSafetensors, noGrad, scope, setNumThreads, tensor } from '../../tensor/index.ts';
import { withSpecialTokens } from '../../tokenizer/index.ts';
import {
  addLora,
  exportModel,
  type Gpt,
  type GptConfig,
  growVocabulary,
  hasLora,
  loadAdapter,
  loadGpt,
  loadModel,
  mergeLora,
  saveAdapter,
} from '../index.ts';
import { baseOf, fixture, readJson } from '../testing/peft-fixtures.ts';
import { kinds, logitsOf, randomModel, size, tokenizer } from '../testing/random-model.ts';

beforeAll(() => setNumThreads(1));

const adapters = [
  'llama',
  'llama-all',
  'llama-layer',
  'qwen3',
  'qwen3-tied',
  'gpt2',
  'gpt2-untied',
];

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-adapter-'));
  return () => fs.rmSync(folder, { recursive: true });
});

function expectLogits(model: Gpt, name: string): void {
  const text = fs.readFileSync(join(fixture(name), 'expected.json'), 'utf8');
  const { tokens, logits } = JSON.parse(text) as { tokens: number[][]; logits: number[][][] };
  const ours = noGrad(() =>
    scope(() => model.logits(model.forward(tensor(tokens, { dtype: 'int64' }))).toArray()),
  ) as number[][][];
  const theirs = logits.flat(2);
  const errors = ours.flat(2).map((value, i) => Math.abs(value - (theirs[i] ?? NaN)));
  expect(errors.length).toBe(theirs.length);
  expect(Math.max(...errors)).toBeLessThan(1e-4);
}

describe.each(adapters)('%s', (name) => {
  test('computes the same on its base, merged or not', () => {
    using model = loadGpt(baseOf(name));
    expect(() => expectLogits(model, name)).toThrow();
    loadAdapter(model, fixture(name));
    expectLogits(model, name);
    mergeLora(model);
    expectLogits(model, name);
    using merged = loadGpt(fixture(name));
    expectLogits(merged, name);
    expect(hasLora(merged)).toBe(false);
  });

  test('is written again with the same names, shapes, values and settings', () => {
    using model = loadGpt(baseOf(name));
    loadAdapter(model, fixture(name));
    saveAdapter(model, join(folder, 'again'), { base: baseOf(name) });
    const values = (path: string) => {
      const tensors = loadSafetensors(join(path, 'adapter_model.safetensors'));
      const all = [...tensors].map(([key, value]) => [key, value.toArray()]);
      for (const each of tensors.values()) each.dispose();
      return all.sort();
    };
    expect(values(join(folder, 'again'))).toEqual(values(fixture(name)));
    const theirs = readJson(join(fixture(name), 'adapter_config.json'));
    const ours = readJson(join(folder, 'again', 'adapter_config.json'));
    const { target_modules, modules_to_save, base_model_name_or_path, ...rest } = ours;
    expect(theirs).toMatchObject(rest);
    expect(base_model_name_or_path).toBe(baseOf(name));
    expect(modules_to_save).toEqual(
      theirs.modules_to_save === null ? null : [expect.stringMatching(/embed|wte/), 'lm_head'],
    );
    using merged = loadGpt(join(folder, 'again'));
    expectLogits(merged, name);
  });
});

test.each([
  ['llama', ['q_proj', 'v_proj']],
  ['llama-layer', ['model.layers.1.mlp.up_proj', 'model.layers.1.self_attn.k_proj']],
  ['gpt2', ['c_attn', 'mlp.c_proj']],
  ['gpt2-untied', ['c_attn', 'c_fc', 'c_proj']],
])('targets have the shortest names that mean them alone: %s', (name, targets) => {
  using model = loadGpt(baseOf(name));
  loadAdapter(model, fixture(name));
  saveAdapter(model, folder, { base: 'somewhere' });
  expect(readJson(join(folder, 'adapter_config.json')).target_modules).toEqual(targets);
});

test('a folder with its tokenizer, with rows for new tokens, is loaded as a model', async () => {
  using model = randomModel(kinds.llama as GptConfig);
  exportModel(model, tokenizer, join(folder, 'base'));
  growVocabulary(model, size.vocabSize + 2);
  addLora(model, { rank: 2, trainEmbeddings: true });
  noGrad(() => {
    for (const parameter of trainableParameters(model).values()) parameter.normal_(0, 0.3);
  });
  const grown = withSpecialTokens(tokenizer, ['<|a|>', '<|b|>', '<|c|>', '<|d|>', '<|e|>']);
  const adapter = join(folder, 'adapter');
  const files = saveAdapter(model, adapter, { base: '../base', tokenizer: grown });
  expect(files).toContain('tokenizer.json');
  expect(files).not.toContain('config.json');
  const loaded = await loadModel(adapter);
  expect(loaded.tokenizer.hash).toBe(grown.hash);
  expect(loaded.model.config.vocabSize).toBe(size.vocabSize + 2);
  const logits = logitsOf(model);
  const errors = logitsOf(loaded.model).map((value, i) => Math.abs(value - (logits[i] ?? NaN)));
  expect(Math.max(...errors)).toBeLessThan(1e-4);
  loaded.model.dispose();
  for (const name of ['tokenizer.json', 'generation_config.json']) fs.rmSync(join(adapter, name));
  const withBase = await loadModel(adapter);
  withBase.model.dispose();
  expect(withBase.tokenizer.hash).toBe(tokenizer.hash);
});

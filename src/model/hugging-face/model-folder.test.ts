/** Models into folders and back. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ConfigError } from '../../base/index.ts';
import { athanorSpecialTokens, chatTemplateOf, createChatTemplate } from '../../chat/index.ts';
import { liveTensors, loadSharded, saveSafetensors, scope, tensor } from '../../tensor/index.ts';
import { withSpecialTokens } from '../../tokenizer/index.ts';
import { exportModel, loadGpt, loadModel } from '../index.ts';
import { kinds, logitsOf, randomModel, size, tokenizer } from '../testing/random-model.ts';

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-model-'));
  return () => fs.rmSync(folder, { recursive: true });
});

test.each(Object.entries(kinds))('%s comes back from shards', async (_, config) => {
  const before = liveTensors();
  const model = randomModel(config);
  const generationConfig = { temperature: 0, topK: 3, stopTokens: [256, 10] };
  const names = exportModel(model, tokenizer, folder, { generationConfig, maxShardBytes: 30_000 });
  expect(names).toContain('model.safetensors.index.json');
  expect(fs.readdirSync(folder).sort()).toEqual(names.sort());
  const loaded = await loadModel(folder);
  expect(logitsOf(loaded.model)).toEqual(logitsOf(model));
  expect(loaded.tokenizer.hash).toBe(tokenizer.hash);
  expect(loaded.generationConfig).toEqual(generationConfig);
  expect(() => exportModel(model, tokenizer, folder)).toThrow(/hold no model yet/);
  for (const each of [model, loaded.model]) each.dispose();
  expect(liveTensors()).toBe(before);
});

test('weights of half the size and of older programs', () => {
  using model = randomModel({ ...size });
  exportModel(model, tokenizer, folder);
  const old = loadSharded(folder);
  scope(() => {
    const tensors = [...old].map(([name, t]) => [name.replace('transformer.', ''), t] as const);
    const halves = tensors.map(([name, t]) => [name, t.to({ dtype: 'bfloat16' })] as const);
    const mask = ['h.0.attn.bias', tensor([1])] as const;
    const tied = ['lm_head.weight', tensor([1])] as const;
    saveSafetensors(join(folder, 'model.safetensors'), new Map([...halves, mask, tied]));
  });
  for (const each of old.values()) each.dispose();
  using loaded = loadGpt(folder);
  const whole = logitsOf(model);
  const errors = logitsOf(loaded).map((logit, i) => Math.abs(logit - (whole[i] ?? NaN)));
  expect(Math.max(...errors)).toBeLessThan(0.2);
  expect(Math.max(...errors)).toBeGreaterThan(1e-5);
});

describe('what does not fit is refused', () => {
  const change = (name: string, edit: (json: Record<string, unknown>) => void): void => {
    const path = join(folder, name);
    const json = JSON.parse(fs.readFileSync(path, 'utf8'));
    edit(json);
    fs.writeFileSync(path, JSON.stringify(json));
  };
  const write = (): void => {
    using model = randomModel({ ...size });
    exportModel(model, tokenizer, folder);
  };

  test.each<[string, () => void, RegExp]>([
    ['a layer too many', () => change('config.json', (c) => (c.n_layer = 3)), /12 differences/],
    ['another width', () => change('config.json', (c) => (c.n_inner = 8)), /must be .*\[16, 8\]/],
    ['few tokens', () => change('config.json', (c) => (c.vocab_size = 256)), /at most the model's/],
    ['no JSON', () => fs.writeFileSync(join(folder, 'config.json'), '{'), /must hold JSON/],
    ['no config', () => fs.rmSync(join(folder, 'config.json')), /be a model folder with a config/],
    ['no folder', () => fs.rmSync(folder, { recursive: true }), /got nothing of this name/],
  ])('%s', async (_, damage, message) => {
    write();
    damage();
    const before = liveTensors();
    await expect(loadModel(folder)).rejects.toThrow(ConfigError);
    await expect(loadModel(folder)).rejects.toThrow(message);
    expect(liveTensors()).toBe(before);
    fs.mkdirSync(folder, { recursive: true });
  });

  test('quantised weights', () => {
    write();
    const whole = loadSharded(folder);
    scope(() => {
      const path = join(folder, 'model.safetensors');
      saveSafetensors(path, new Map([...whole].map(([n, t]) => [n, t.to({ dtype: 'int8' })])));
    });
    for (const each of whole.values()) each.dispose();
    expect(() => loadGpt(folder)).toThrow(/dtype float32, float16.* got int8/);
  });
});

test('a folder of a chat model carries its template and stops where turns end', async () => {
  const chatTokenizer = withSpecialTokens(tokenizer, athanorSpecialTokens);
  const chatTemplate = createChatTemplate('athanor', chatTokenizer);
  using model = randomModel({ ...size, vocabSize: 264 });
  const names = exportModel(model, chatTokenizer, folder, { chatTemplate });
  expect(names).toContain('chat_template.jinja');
  const loaded = await loadModel(folder);
  loaded.model.dispose();
  expect((await chatTemplateOf(folder, loaded.tokenizer))?.name).toBe('athanor');
  expect(loaded.generationConfig.stopTokens).toEqual(chatTemplate.stopTokens);
  const config = JSON.parse(fs.readFileSync(join(folder, 'tokenizer_config.json'), 'utf8'));
  expect(config).toMatchObject({
    ...{ bos_token: '<|endoftext|>', eos_token: '<|end|>', chat_template: chatTemplate.source },
  });
});

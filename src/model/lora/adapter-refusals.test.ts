/** Adapters that are damaged, or belong elsewhere. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ConfigError, FileError } from '../../base/index.ts';
import {
  liveTensors,
  loadSafetensors,
  noGrad,
  saveSafetensors,
  scope,
  setNumThreads,
  type Tensor,
  tensor,
} from '../../tensor/index.ts';
import { loadAdapter, loadGpt, mergeLora, saveAdapter } from '../index.ts';
import { baseOf, fixture, readJson } from '../testing/peft-fixtures.ts';

beforeAll(() => setNumThreads(1));

let folder = '';
beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-adapter-'));
  return () => fs.rmSync(folder, { recursive: true });
});

/** The adapter `llama`, with the hash of its base. */
function writeLlama(): void {
  using model = loadGpt(baseOf('llama'));
  loadAdapter(model, fixture('llama'));
  saveAdapter(model, folder, { base: baseOf('llama') });
}

type Damage = () => void;
type Json = Record<string, unknown>;

const change = (edit: (config: Json) => void, name = 'adapter_config.json'): Damage => {
  return () => {
    const config = readJson(join(folder, name));
    edit(config);
    fs.writeFileSync(join(folder, name), JSON.stringify(config));
  };
};

const changeTensors = (edit: (tensors: Map<string, Tensor>) => void): Damage => {
  return () => {
    const path = join(folder, 'adapter_model.safetensors');
    const tensors = loadSafetensors(path);
    const all = [...tensors.values()];
    scope(() => {
      edit(tensors);
      saveSafetensors(path, tensors);
    });
    for (const each of all) each.dispose();
  };
};

const queryA = 'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight';
const otherBase: Damage = change((json) => (json.sha256 = '0'.repeat(64)), 'adapter_base.json');
const weights = () => join(folder, 'adapter_model.safetensors');

describe('an adapter that does not fit is refused, and the model is as before', () => {
  test.each<[string, Damage, RegExp]>([
    [
      'another base, by its hash',
      otherBase,
      /must have the weights that the adapter was trained on/,
    ],
    [
      'another rank',
      change((c) => (c.r = 4)),
      /q_proj.lora_A.weight must be of the rank .* r = 4, got 3/,
    ],
    [
      'a target too many',
      change((c) => (c.target_modules = ['q_proj', 'v_proj', 'o_proj'])),
      /missing: .*o_proj/,
    ],
    ['a target too few', change((c) => (c.target_modules = ['q_proj'])), /unexpected: .*v_proj/],
    ['a target that does not exist', change((c) => (c.target_modules = ['c_attn'])), /got c_attn/],
    ['the output layer as target', change((c) => (c.target_modules = ['lm_head'])), /got lm_head/],
    ['targets of a wrong type', change((c) => (c.target_modules = 3)), /be a list of names, got 3/],
    ['no targets', change((c) => (c.target_modules = null)), /be a list of names/],
    ['another kind', change((c) => (c.peft_type = 'IA3')), /peft_type must be "LORA", got "IA3"/],
    ['DoRA', change((c) => (c.use_dora = true)), /use_dora must be empty/],
    [
      'ranks by layer',
      change((c) => (c.rank_pattern = { q_proj: 4 })),
      /rank_pattern must be empty/,
    ],
    ['biases', change((c) => (c.bias = 'all')), /bias must be "none"/],
    ['what is not known yet', change((c) => (c.new_kind = { a: 1 })), /new_kind must be empty/],
    [
      'a base that was changed',
      change((c) => (c.init_lora_weights = 'pissa_niter_4')),
      /leave the base/,
    ],
    [
      'norms',
      change((c) => (c.modules_to_save = ['norm'])),
      /norm, which modules_to_save.*another layer/,
    ],
    [
      'embeddings that are missing',
      change((c) => (c.modules_to_save = ['embed_tokens'])),
      /got none/,
    ],
    ['no rank', change((c) => (c.r = 0)), /r must be a positive whole number/],
    ['no JSON', () => fs.writeFileSync(join(folder, 'adapter_config.json'), '{'), /must hold JSON/],
    [
      'a tensor that is missing',
      changeTensors((all) => all.delete(queryA)),
      /missing: .*q_proj.lora_A/,
    ],
    [
      'a tensor of another shape',
      changeTensors((all) => all.set(queryA, tensor([[1], [1], [1]]))),
      /misshapen/,
    ],
    ['a tensor too many', changeTensors((all) => all.set('x', tensor([1]))), /unexpected: x/],
    [
      'whole numbers',
      changeTensors((all) => all.set(queryA, tensor([1], { dtype: 'int64' }))),
      /floats, got int64/,
    ],
    [
      'only one of two that are tied',
      changeTensors((all) => all.set('base_model.model.model.embed_tokens.weight', tensor([1]))),
      /misshapen/,
    ],
    ['a cut file', () => fs.truncateSync(weights(), fs.statSync(weights()).size - 9), /must/],
    ['no file', () => fs.rmSync(weights()), /must/],
    [
      'a pickled file',
      () => fs.renameSync(weights(), join(folder, 'adapter_model.bin')),
      /never loaded/,
    ],
  ])('%s', (_, damage, message) => {
    using model = loadGpt(baseOf('llama'));
    writeLlama();
    damage();
    const before = { live: liveTensors(), names: [...model.stateDict().keys()] };
    const load = () => loadAdapter(model, folder);
    expect(load).toThrow(message);
    expect(load).toThrow(message.source === 'must' ? FileError : ConfigError);
    expect({ live: liveTensors(), names: [...model.stateDict().keys()] }).toEqual(before);
    expect([...model.parameters().values()].every(({ requiresGrad }) => requiresGrad)).toBe(true);
  });

  test('weights of another model of the same shape, and of another shape', () => {
    writeLlama();
    using other = loadGpt(baseOf('llama'));
    noGrad(() => other.finalNorm?.weight.mul_(1.0001));
    expect(() => loadAdapter(other, folder)).toThrow(/trained on/);
    using wide = loadGpt(baseOf('llama-tied'));
    expect(() => loadAdapter(wide, fixture('llama'))).toThrow(/misshapen: .*v_proj.lora_B/);
    using gpt2 = loadGpt(baseOf('gpt2'));
    expect(() => loadAdapter(gpt2, fixture('llama'))).toThrow(/one of c_attn, c_proj, c_fc/);
  });

  test('tied embeddings that were trained apart', () => {
    fs.cpSync(fixture('qwen3-tied'), folder, { recursive: true });
    changeTensors((all) => all.delete('base_model.model.lm_head.weight'))();
    using model = loadGpt(baseOf('qwen3-tied'));
    expect(() => loadAdapter(model, folder)).toThrow(/one matrix in this model, got .* alone/);
    changeTensors((all) => {
      const one = all.get('base_model.model.model.embed_tokens.weight') as Tensor;
      all.set('base_model.model.lm_head.weight', one.add(1e-3));
    })();
    expect(() => loadAdapter(model, folder)).toThrow(/got two different ones/);
  });

  test('a base that is not there', () => {
    writeLlama();
    change((c) => (c.base_model_name_or_path = 'meta-llama/none'))();
    expect(() => loadGpt(folder)).toThrow(/base_model_name_or_path must be the folder of a model/);
  });

  test('a second adapter, merged ones, a folder that is full', () => {
    using model = loadGpt(baseOf('llama'));
    const save = () => saveAdapter(model, folder, { base: 'x' });
    expect(save).toThrow(/must have adapters/);
    loadAdapter(model, fixture('llama'));
    expect(() => loadAdapter(model, fixture('llama'))).toThrow(/without adapters/);
    save();
    expect(save).toThrow(/must hold no adapter yet/);
    mergeLora(model);
    expect(save).toThrow(/must hold its base, got one whose adapters are merged/);
  });
});

/** Configs by other programs, wrong in all the ways that would otherwise give wrong logits. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../base/index.ts';
import { generationConfigOf, gptConfigOf, modern } from '../index.ts';
import { huggingFaceConfig } from './architectures.ts';

function configOf(name: string): Record<string, unknown> {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/${name}/config.json`, import.meta.url), 'utf8'),
  );
}

type Change = Record<string, unknown>;

function expectRefused(name: string, cases: readonly [Change, RegExp][]): void {
  test.each(cases)('%j', (change, message) => {
    const read = () => gptConfigOf({ ...configOf(name), ...change });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(message);
  });
}

describe('GPT-2', () => {
  expectRefused('gpt2', [
    [{ n_layer: undefined }, /^config.json: n_layer must be a positive whole number, got none$/],
    [{ n_embd: '16' }, /n_embd must be a positive whole number, got "16"/],
    [{ n_embd: 15 }, /as read here: model.hiddenSize must be divisible by model.numHeads \(2\)/],
    [{ n_head: 0 }, /n_head must be .* got 0/],
    [{ vocab_size: 1e300 }, /vocab_size must be .* got 1e\+300/],
    [{ n_inner: -1 }, /n_inner/],
    [{ activation_function: 'silu' }, /activation_function must be one of gelu, .* got "silu"/],
    [{ layer_norm_epsilon: '1e-5' }, /layer_norm_epsilon must be a number, got "1e-5"/],
    [{ attn_pdrop: 0.2 }, /attn_pdrop must be equal to resid_pdrop \(0.1\), got 0.2/],
    [{ resid_pdrop: 2, attn_pdrop: 2, embd_pdrop: 2 }, /model.dropout must be .* got 2/],
    [{ scale_attn_by_inverse_layer_idx: true }, /inverse_layer_idx must be false, got true/],
    [{ add_cross_attention: true }, /add_cross_attention must be false/],
    [{ tie_word_embeddings: 'yes' }, /tie_word_embeddings must be true or false, got "yes"/],
    [{ architectures: ['BertModel'] }, /architectures must be one of .*, got \["BertModel"\]/],
    [{ architectures: ['LlamaForCausalLM'] }, /model_type must be "llama" for Llama.* got "gpt2"/],
    [{ architectures: undefined, model_type: 'mamba' }, /model_type must be one of gpt2, qwen3/],
    [{ architectures: undefined, model_type: undefined }, /model_type must be .* got none/],
    [{ quantization_config: { bits: 4 } }, /quantization_config must be null, got \{"bits":4\}/],
  ]);
});

describe('Llama', () => {
  const scaled = { rope_type: 'llama3', factor: 8, rope_theta: 500 };
  expectRefused('llama', [
    [{ rope_parameters: scaled }, /rope_parameters: rope_type must be "default", got "llama3"/],
    [{ rope_scaling: { type: 'linear', factor: 2 } }, /rope_scaling: type must be "default"/],
    [{ rope_scaling: 'linear' }, /rope_scaling must be a JSON object, got "linear"/],
    [{ rope_theta: 10_000 }, /rope_theta must be equal to rope_parameters.rope_theta \(500\)/],
    [{ partial_rotary_factor: 0.5 }, /partial_rotary_factor must be 1, got 0.5/],
    [{ head_dim: 5 }, /model.headSize must be even for RoPE, got 5/],
    [{ head_dim: null, hidden_size: 18 }, /model.hiddenSize must be divisible by model.numHeads/],
    [{ num_key_value_heads: 3 }, /model.numHeads must be divisible by model.numKvHeads \(3\)/],
    [{ mlp_bias: true }, /mlp_bias must be equal to attention_bias \(false\), got true/],
    [{ hidden_act: 'gelu' }, /hidden_act must be "silu", got "gelu"/],
    [{ sliding_window: 4096 }, /sliding_window must be null, got 4096/],
  ]);
});

describe('Qwen3', () => {
  expectRefused('qwen3', [
    [{ use_sliding_window: true, sliding_window: 4 }, /use_sliding_window must be false/],
    [{ layer_types: ['full_attention', 'sliding_attention'] }, /layer_types must hold nothing but/],
    [{ layer_types: 'full' }, /layer_types/],
    [{ attention_bias: true }, /attention_bias must be false/],
    [{ num_key_value_heads: undefined }, /num_key_value_heads must be .* got none/],
  ]);

  test('a window that is switched off is none', () => {
    const config = { ...configOf('qwen3'), sliding_window: 4096 };
    expect(gptConfigOf(config)).toEqual(gptConfigOf(configOf('qwen3')));
  });

  test('the base of RoPE may stand where version 4 of transformers keeps it', () => {
    const { rope_parameters: _, ...config } = configOf('qwen3');
    expect(gptConfigOf({ ...config, rope_theta: 77, rope_scaling: null }).ropeBase).toBe(77);
  });
});

test.each([null, [], 'x', 3])('a document that is %j is refused', (json) => {
  expect(() => gptConfigOf(json)).toThrow(/config.json must be a JSON object/);
  expect(() => generationConfigOf(json)).toThrow(/generation_config.json must be a JSON object/);
});

test('our own form is read as strictly', () => {
  const size = { numLayers: 1, hiddenSize: 8, numHeads: 2, contextLength: 8, vocabSize: 10 };
  const json = huggingFaceConfig(modern({ ...size, bias: true }));
  expect(() => gptConfigOf({ ...json, norm: 'batch' })).toThrow(/norm must be one of layer, rms/);
  expect(() => gptConfigOf({ ...json, qkNorm: 1 })).toThrow(/qkNorm must be true or false, got 1/);
  expect(() => gptConfigOf({ ...json, dropout: 1 })).toThrow(/model.dropout must be/);
});

test.each([
  [{ temperature: 'hot' }, /temperature must be a number, got "hot"/],
  [{ eos_token_id: [1, -2] }, /eos_token_id must be a token or a list of tokens/],
  [{ do_sample: 'no' }, /do_sample must be true or false/],
])('generation config %j', (json, message) => {
  expect(() => generationConfigOf(json)).toThrow(ConfigError);
  expect(() => generationConfigOf(json)).toThrow(message);
});

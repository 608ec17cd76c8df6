/** Configs and weights into Hugging Face's form and back. */
import { beforeAll, describe, expect, test } from 'vitest';
import { liveTensors, manualSeed, noGrad, scope, setNumThreads } from '../../tensor/index.ts';
import {
  Gpt,
  type GptConfig,
  gptConfigOf,
  HuggingFaceState,
  huggingFaceConfig,
  modern,
  presets,
  resolveGptConfig,
} from '../index.ts';

beforeAll(() => setNumThreads(1));

const size = { numLayers: 2, hiddenSize: 24, numHeads: 4, contextLength: 8, vocabSize: 10 };

const variants: Record<string, [architecture: string, GptConfig]> = {
  'GPT-2': ['GPT2LMHeadModel', size],
  'GPT-2, other sizes': [
    'GPT2LMHeadModel',
    { ...size, feedForwardSize: 40, activation: 'gelu', dropout: 0.2, tiedEmbedding: false },
  ],
  modern: ['Qwen3ForCausalLM', modern(size)],
  'modern, wide heads': [
    'Qwen3ForCausalLM',
    modern({ ...size, headSize: 10, tiedEmbedding: false, dropout: 0.1 }),
  ],
  Llama: ['LlamaForCausalLM', modern({ ...size, qkNorm: false, normEpsilon: 1e-5 })],
  'Llama with biases': ['LlamaForCausalLM', modern({ ...size, qkNorm: false, bias: true })],
  'GPT-1': ['AthanorGpt', { ...size, postNorm: true }],
  'GPT-3': ['AthanorGpt', { ...size, bandedAttention: 4 }],
  'a size that Llama refuses': [
    'AthanorGpt',
    modern({ ...size, qkNorm: false, hiddenSize: 22, headSize: 6 }),
  ],
  'query norms with biases': ['AthanorGpt', modern({ ...size, bias: true })],
};

describe.each(Object.entries(variants))('%s', (_, [architecture, config]) => {
  test('its config is written in the words of the right architecture, and read back', () => {
    const json = JSON.parse(JSON.stringify(huggingFaceConfig(config, 3)));
    expect(json.architectures).toEqual([architecture]);
    expect(json.eos_token_id).toBe(3);
    expect(gptConfigOf(json)).toEqual(resolveGptConfig(config));
  });

  test('its weights go into another model unchanged', () => {
    const before = liveTensors();
    manualSeed(1);
    using model = new Gpt(config);
    using other = new Gpt(config);
    randomize(model);
    using state = new HuggingFaceState(model);
    using otherState = new HuggingFaceState(other);
    otherState.loadStateDict(state.stateDict());
    const theirs = other.stateDict();
    for (const [name, tensor] of model.stateDict()) {
      expect(theirs.get(name)?.toArray()).toEqual(tensor.toArray());
    }
    const numValues = [...state.stateDict().values()].reduce((sum, t) => sum + t.numElements, 0);
    expect(numValues).toBe(model.numParameters);
    for (const owner of [state, otherState, model, other]) owner.dispose();
    expect(liveTensors()).toBe(before);
  });
});

test('published presets keep their numbers', () => {
  for (const config of Object.values(presets)) {
    expect(gptConfigOf(huggingFaceConfig(config))).toEqual(resolveGptConfig(config));
  }
});

test('what does not fit is listed, and nothing is loaded', () => {
  using model = new Gpt(modern(size));
  using state = new HuggingFaceState(model);
  const wrong = state.stateDict();
  const weight = model.blocks[0]?.attention.queryKeyValue.weight;
  const before = weight?.toArray();
  const query = wrong.get('model.layers.0.self_attn.q_proj.weight');
  wrong.set('lm_head.weight', model.tokenEmbedding.weight);
  wrong.delete('model.layers.1.self_attn.k_norm.weight');
  scope(() => {
    wrong.set('model.layers.0.self_attn.q_proj.weight', query?.narrow(0, 1, 3) as never);
    const load = () => state.loadStateDict(wrong);
    expect(load).toThrow(/3 differences/);
    expect(load).toThrow(/misshapen: model.layers.0.self_attn.q_proj.weight must be .*\[24, 24\]/);
    expect(load).toThrow(/missing: model.layers.1.self_attn.k_norm.weight float32\[6\]/);
    expect(load).toThrow(/unexpected: lm_head.weight float32\[10, 24\]/);
  });
  expect(weight?.toArray()).toEqual(before);
});

/** Norms and biases begin as ones and zeros, which would hide a mistake. */
function randomize(model: Gpt): void {
  noGrad(() => {
    for (const parameter of model.parameters().values()) parameter.normal_(0, 1);
  });
}

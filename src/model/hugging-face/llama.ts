/** `LlamaForCausalLM` and `Qwen3ForCausalLM`, which is Llama with norms of queries and keys. */
import type { GptConfig, ResolvedGptConfig } from '../gpt-config.ts';
import type { Architecture } from './architecture.ts';
import type { JsonFields, JsonObject } from './json-fields.ts';
import { linearsOfFamily, viewsOfFamily } from './llama-views.ts';
import { readRopeBase, refuseWindows } from './rope-fields.ts';

export const llamaArchitecture: Architecture = {
  name: 'LlamaForCausalLM',
  modelType: 'llama',
  // transformers refuses other sizes, although nothing in its program needs that.
  canExpress: (config) =>
    isOfFamily(config) && !config.qkNorm && config.hiddenSize % config.numHeads === 0,
  write: (config) => ({ ...writeFamily(config), mlp_bias: config.bias }),
  read(fields) {
    const numHeads = fields.count('num_attention_heads');
    const config = readFamily(fields, { numKvHeads: numHeads });
    const bias = fields.boolean('attention_bias', false);
    if (fields.boolean('mlp_bias', false) !== bias) {
      fields.refuse('mlp_bias', `be equal to attention_bias (${bias})`);
    }
    return { ...config, bias };
  },
  views: viewsOfFamily,
  linears: linearsOfFamily,
  embedding: 'model.embed_tokens',
  output: 'lm_head',
  prefix: 'model.',
  isIgnored,
};

export const qwen3Architecture: Architecture = {
  name: 'Qwen3ForCausalLM',
  modelType: 'qwen3',
  canExpress: (config) => isOfFamily(config) && config.qkNorm && !config.bias,
  write: (config) => ({
    ...writeFamily(config),
    ...{ use_sliding_window: false, sliding_window: null, max_window_layers: config.numLayers },
  }),
  read(fields) {
    fields.only('attention_bias', false, 'norms of queries and keys go without biases here');
    return { ...readFamily(fields, { headSize: 128 }), qkNorm: true, bias: false };
  },
  views: viewsOfFamily,
  linears: linearsOfFamily,
  embedding: 'model.embed_tokens',
  output: 'lm_head',
  prefix: 'model.',
  isIgnored,
};

function isOfFamily(config: ResolvedGptConfig): boolean {
  const { norm, positions, activation } = config;
  const isModern = norm === 'rms' && positions === 'rope' && activation === 'swiglu';
  return isModern && !config.postNorm && config.bandedAttention === null;
}

function writeFamily(config: ResolvedGptConfig): JsonObject {
  return {
    vocab_size: config.vocabSize,
    hidden_size: config.hiddenSize,
    intermediate_size: config.feedForwardSize,
    num_hidden_layers: config.numLayers,
    num_attention_heads: config.numHeads,
    num_key_value_heads: config.numKvHeads,
    head_dim: config.headSize,
    hidden_act: 'silu',
    max_position_embeddings: config.contextLength,
    rms_norm_eps: config.normEpsilon,
    // Version 5 of transformers reads the object, version 4 and most other programs the number.
    rope_parameters: { rope_type: 'default', rope_theta: config.ropeBase },
    rope_theta: config.ropeBase,
    attention_bias: config.bias,
    // In training they drop attention weights only; when generating it makes no difference.
    attention_dropout: config.dropout,
    tie_word_embeddings: config.tiedEmbedding,
  };
}

/** @param defaults what the architecture takes for fields that are missing */
function readFamily(
  fields: JsonFields,
  defaults: Pick<GptConfig, 'numKvHeads' | 'headSize'>,
): GptConfig {
  fields.only('hidden_act', 'silu');
  refuseWindows(fields);
  const hasHeadSize = fields.has('head_dim') || defaults.headSize !== undefined;
  return {
    numLayers: fields.count('num_hidden_layers'),
    hiddenSize: fields.count('hidden_size'),
    numHeads: fields.count('num_attention_heads'),
    numKvHeads: fields.count('num_key_value_heads', defaults.numKvHeads),
    ...(hasHeadSize ? { headSize: fields.count('head_dim', defaults.headSize) } : {}),
    contextLength: fields.count('max_position_embeddings'),
    vocabSize: fields.count('vocab_size'),
    feedForwardSize: fields.count('intermediate_size'),
    activation: 'swiglu',
    norm: 'rms',
    normEpsilon: fields.number('rms_norm_eps', 1e-6),
    positions: 'rope',
    ropeBase: readRopeBase(fields),
    dropout: fields.number('attention_dropout', 0),
    tiedEmbedding: fields.boolean('tie_word_embeddings', false),
  };
}

/** Tables of angles that older versions saved. */
function isIgnored(name: string): boolean {
  return name.endsWith('.rotary_emb.inv_freq');
}

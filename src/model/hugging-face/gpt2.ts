/**
 * `GPT2LMHeadModel`. Its linear layers are `Conv1D`s, whose weights are stored as [in, out]: the
 * transpose of ours.
 */
import type { LayerNorm, Linear, LinearPart } from '../../nn/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import type { GptConfig, ResolvedGptConfig } from '../gpt-config.ts';
import { type Architecture, activations, wholeLinears } from './architecture.ts';
import type { JsonFields, JsonObject } from './json-fields.ts';

export const gpt2Architecture: Architecture = {
  name: 'GPT2LMHeadModel',
  modelType: 'gpt2',

  canExpress({ hiddenSize, numHeads, numKvHeads, headSize, ...config }) {
    const { norm, postNorm, positions, bias, qkNorm, activation, bandedAttention } = config;
    const isClassic = norm === 'layer' && !postNorm && positions === 'learned' && bias && !qkNorm;
    const hasPlainHeads = numKvHeads === numHeads && numHeads * headSize === hiddenSize;
    return isClassic && hasPlainHeads && activation !== 'swiglu' && bandedAttention === null;
  },

  write(config: ResolvedGptConfig): JsonObject {
    const { activation, dropout } = config;
    return {
      vocab_size: config.vocabSize,
      n_positions: config.contextLength,
      n_embd: config.hiddenSize,
      n_layer: config.numLayers,
      n_head: config.numHeads,
      n_inner: config.feedForwardSize,
      activation_function: activation === 'geluTanh' ? 'gelu_new' : activation,
      layer_norm_epsilon: config.normEpsilon,
      ...{ resid_pdrop: dropout, embd_pdrop: dropout, attn_pdrop: dropout },
      tie_word_embeddings: config.tiedEmbedding,
    };
  },

  read(fields: JsonFields): GptConfig {
    fields.only('scale_attn_weights', true);
    fields.only('scale_attn_by_inverse_layer_idx', false);
    fields.only('add_cross_attention', false);
    const hiddenSize = fields.count('n_embd');
    return {
      numLayers: fields.count('n_layer'),
      hiddenSize,
      numHeads: fields.count('n_head'),
      contextLength: fields.count('n_positions'),
      vocabSize: fields.count('vocab_size'),
      feedForwardSize: fields.count('n_inner', 4 * hiddenSize),
      activation: fields.choice('activation_function', activations, 'gelu_new'),
      normEpsilon: fields.number('layer_norm_epsilon', 1e-5),
      dropout: readDropout(fields),
      tiedEmbedding: fields.boolean('tie_word_embeddings', true),
    };
  },

  views(model: Gpt): Map<string, Tensor> {
    const views = new Map([['transformer.wte.weight', model.tokenEmbedding.weight.detach()]]);
    const { positionEmbedding, finalNorm, blocks, outputLayer, config } = model;
    if (positionEmbedding !== null) {
      views.set('transformer.wpe.weight', positionEmbedding.weight.detach());
    }
    for (const [i, { norm1, attention, norm2, feedForward }] of blocks.entries()) {
      const layer = `transformer.h.${i}`;
      addNorm(views, `${layer}.ln_1`, norm1 as LayerNorm);
      addConv1d(views, `${layer}.attn.c_attn`, attention.queryKeyValue);
      addConv1d(views, `${layer}.attn.c_proj`, attention.output);
      addNorm(views, `${layer}.ln_2`, norm2 as LayerNorm);
      addConv1d(views, `${layer}.mlp.c_fc`, feedForward.up);
      addConv1d(views, `${layer}.mlp.c_proj`, feedForward.down);
    }
    addNorm(views, 'transformer.ln_f', finalNorm as LayerNorm);
    if (!config.tiedEmbedding) views.set('lm_head.weight', outputLayer.weight.detach());
    return views;
  },

  linears({ blocks }: Gpt): Map<string, LinearPart> {
    return new Map(
      blocks.flatMap(({ attention, feedForward }, i) => [
        ...wholeLinears(`transformer.h.${i}.attn`, {
          c_attn: attention.queryKeyValue,
          c_proj: attention.output,
        }),
        ...wholeLinears(`transformer.h.${i}.mlp`, {
          c_fc: feedForward.up,
          c_proj: feedForward.down,
        }),
      ]),
    );
  },

  embedding: 'transformer.wte',
  output: 'lm_head',
  prefix: 'transformer.',

  /** Masks that older versions saved. */
  isIgnored: (name) => /\.attn\.(bias|masked_bias)$/.test(name),
};

/** One number is ours; theirs may be three. */
function readDropout(fields: JsonFields): number {
  const dropout = fields.number('resid_pdrop', 0.1);
  for (const name of ['embd_pdrop', 'attn_pdrop']) {
    if (fields.number(name, 0.1) === dropout) continue;
    fields.refuse(name, `be equal to resid_pdrop (${dropout})`, 'set all three to one value');
  }
  return dropout;
}

function addNorm(views: Map<string, Tensor>, name: string, { weight, bias }: LayerNorm): void {
  views.set(`${name}.weight`, weight.detach());
  views.set(`${name}.bias`, bias.detach());
}

function addConv1d(views: Map<string, Tensor>, name: string, { weight, bias }: Linear): void {
  views.set(`${name}.weight`, weight.detach().t());
  if (bias !== null) views.set(`${name}.bias`, bias.detach());
}

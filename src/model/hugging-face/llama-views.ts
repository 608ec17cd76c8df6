/** The weights of Llama and its family. */
import type { Linear } from '../../nn/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Block } from '../block.ts';
import type { Gpt } from '../gpt.ts';

/** Where they have one matrix each for queries, keys and values, these are rows of ours. */
export function viewsOfFamily(model: Gpt): Map<string, Tensor> {
  const { tokenEmbedding, blocks, finalNorm, outputLayer, config } = model;
  const views = new Map([['model.embed_tokens.weight', tokenEmbedding.weight.detach()]]);
  for (const [i, block] of blocks.entries()) addBlock(views, `model.layers.${i}`, block);
  if (finalNorm !== null) views.set('model.norm.weight', finalNorm.weight.detach());
  if (!config.tiedEmbedding) views.set('lm_head.weight', outputLayer.weight.detach());
  return views;
}

function addBlock(views: Map<string, Tensor>, layer: string, block: Block): void {
  const { norm1, attention, norm2, feedForward } = block;
  const { queryKeyValue, partSizes, queryNorm, keyNorm } = attention;
  views.set(`${layer}.input_layernorm.weight`, norm1.weight.detach());
  const starts = [0, partSizes[0], partSizes[0] + partSizes[1]];
  for (const [i, part] of ['q_proj', 'k_proj', 'v_proj'].entries()) {
    const rows = (all: Tensor) => all.narrow(0, starts[i] ?? 0, partSizes[i] ?? 0);
    addLinear(views, `${layer}.self_attn.${part}`, queryKeyValue, rows);
  }
  addLinear(views, `${layer}.self_attn.o_proj`, attention.output);
  if (queryNorm !== null) views.set(`${layer}.self_attn.q_norm.weight`, queryNorm.weight.detach());
  if (keyNorm !== null) views.set(`${layer}.self_attn.k_norm.weight`, keyNorm.weight.detach());
  views.set(`${layer}.post_attention_layernorm.weight`, norm2.weight.detach());
  const parts = {
    gate_proj: feedForward.gate,
    up_proj: feedForward.up,
    down_proj: feedForward.down,
  };
  for (const [name, linear] of Object.entries(parts)) {
    if (linear !== null) addLinear(views, `${layer}.mlp.${name}`, linear);
  }
}

function addLinear(
  views: Map<string, Tensor>,
  name: string,
  { weight, bias }: Linear,
  part = (all: Tensor) => all,
): void {
  views.set(`${name}.weight`, part(weight.detach()));
  if (bias !== null) views.set(`${name}.bias`, part(bias.detach()));
}

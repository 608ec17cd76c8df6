/** The weights of Llama and its family. */
import type { LinearPart } from '../../nn/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Block } from '../block.ts';
import type { Gpt } from '../gpt.ts';
import { wholeLinears } from './architecture.ts';

/** Where they have one matrix each for queries, keys and values, these are rows of ours. */
export function viewsOfFamily(model: Gpt): Map<string, Tensor> {
  const { tokenEmbedding, blocks, finalNorm, outputLayer, config } = model;
  const views = new Map([['model.embed_tokens.weight', tokenEmbedding.weight.detach()]]);
  for (const [i, block] of blocks.entries()) addBlock(views, block, i);
  if (finalNorm !== null) views.set('model.norm.weight', finalNorm.weight.detach());
  if (!config.tiedEmbedding) views.set('lm_head.weight', outputLayer.weight.detach());
  return views;
}

/** The linear layers of all blocks: theirs are ours, or rows of ours. */
export function linearsOfFamily({ blocks }: Gpt): Map<string, LinearPart> {
  return new Map(
    blocks.flatMap((block, i) => [...attentionOf(block, i), ...feedForwardOf(block, i)]),
  );
}

function addBlock(views: Map<string, Tensor>, block: Block, i: number): void {
  const layer = `model.layers.${i}`;
  const { norm1, attention, norm2 } = block;
  const { queryNorm, keyNorm } = attention;
  views.set(`${layer}.input_layernorm.weight`, norm1.weight.detach());
  for (const [name, part] of attentionOf(block, i)) addLinear(views, name, part);
  if (queryNorm !== null) views.set(`${layer}.self_attn.q_norm.weight`, queryNorm.weight.detach());
  if (keyNorm !== null) views.set(`${layer}.self_attn.k_norm.weight`, keyNorm.weight.detach());
  views.set(`${layer}.post_attention_layernorm.weight`, norm2.weight.detach());
  for (const [name, part] of feedForwardOf(block, i)) addLinear(views, name, part);
}

type NamedPart = [name: string, part: LinearPart];

/** One of ours is their three for queries, keys and values. */
function attentionOf({ attention }: Block, i: number): NamedPart[] {
  const { queryKeyValue: linear, partSizes, output } = attention;
  const prefix = `model.layers.${i}.self_attn`;
  const [numQueries, numKeys, numValues] = partSizes;
  const key = numQueries;
  const value = numQueries + numKeys;
  return [
    [`${prefix}.q_proj`, { linear, start: 0, numRows: numQueries }],
    [`${prefix}.k_proj`, { linear, start: key, numRows: numKeys }],
    [`${prefix}.v_proj`, { linear, start: value, numRows: numValues }],
    ...wholeLinears(prefix, { o_proj: output }),
  ];
}

function feedForwardOf({ feedForward: { gate, up, down } }: Block, i: number): NamedPart[] {
  return wholeLinears(`model.layers.${i}.mlp`, { gate_proj: gate, up_proj: up, down_proj: down });
}

function addLinear(views: Map<string, Tensor>, name: string, part: LinearPart): void {
  const { linear, start, numRows } = part;
  views.set(`${name}.weight`, linear.weight.detach().narrow(0, start, numRows));
  if (linear.bias !== null) {
    views.set(`${name}.bias`, linear.bias.detach().narrow(0, start, numRows));
  }
}

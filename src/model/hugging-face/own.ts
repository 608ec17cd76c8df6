/**
 * `AthanorGpt`: models that no architecture of transformers expresses, such as GPT-1 with its norms
 * after the sums, or GPT-3 with banded attention. Names of fields and tensors are our own.
 */
import type { LinearPart } from '../../nn/index.ts';
import type { Tensor } from '../../tensor/index.ts';
import type { Gpt } from '../gpt.ts';
import type { GptConfig, ResolvedGptConfig } from '../gpt-config.ts';
import { type Architecture, wholeLinears } from './architecture.ts';
import type { JsonFields, JsonObject } from './json-fields.ts';

export const ownArchitecture: Architecture = {
  name: 'AthanorGpt',
  modelType: 'athanor',
  canExpress: () => true,
  write: (config: ResolvedGptConfig): JsonObject => ({ ...config }),

  read(fields: JsonFields): GptConfig {
    return {
      numLayers: fields.count('numLayers'),
      hiddenSize: fields.count('hiddenSize'),
      numHeads: fields.count('numHeads'),
      contextLength: fields.count('contextLength'),
      vocabSize: fields.count('vocabSize'),
      numKvHeads: fields.count('numKvHeads'),
      headSize: fields.count('headSize'),
      feedForwardSize: fields.count('feedForwardSize'),
      activation: fields.choice('activation', sameWords('gelu', 'geluTanh', 'relu2', 'swiglu')),
      norm: fields.choice('norm', sameWords('layer', 'rms')),
      normEpsilon: fields.number('normEpsilon'),
      postNorm: fields.boolean('postNorm'),
      positions: fields.choice('positions', sameWords('learned', 'rope')),
      ropeBase: fields.number('ropeBase'),
      qkNorm: fields.boolean('qkNorm'),
      bias: fields.boolean('bias'),
      tiedEmbedding: fields.boolean('tiedEmbedding'),
      bandedAttention: fields.has('bandedAttention') ? fields.count('bandedAttention') : null,
      dropout: fields.number('dropout'),
    };
  },

  views(model: Gpt): Map<string, Tensor> {
    const own = [...model.stateDict()].filter(([name]) => !name.includes('.adapters.'));
    return new Map(own.map(([name, tensor]) => [name, tensor.detach()]));
  },

  linears({ blocks }: Gpt): Map<string, LinearPart> {
    return new Map(
      blocks.flatMap(({ attention, feedForward }, i) => [
        ...wholeLinears(`blocks.${i}.attention`, {
          queryKeyValue: attention.queryKeyValue,
          output: attention.output,
        }),
        ...wholeLinears(`blocks.${i}.feedForward`, {
          up: feedForward.up,
          gate: feedForward.gate,
          down: feedForward.down,
        }),
      ]),
    );
  },

  embedding: 'tokenEmbedding',
  output: 'outputLayer',
  prefix: '',
  isIgnored: () => false,
};

function sameWords<T extends string>(...words: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(words.map((word) => [word, word]));
}

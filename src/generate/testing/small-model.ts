/** Small models for the tests of this folder, and decoding without a cache to compare with. */
import { Gpt, type GptConfig } from '../../model/index.ts';
import { manualSeed, noGrad, scope, tensor } from '../../tensor/index.ts';

const size = { numLayers: 2, hiddenSize: 32, numHeads: 4, contextLength: 48, vocabSize: 300 };

/** One of each kind of attention that a cache has to serve. */
export const kinds: Record<string, GptConfig> = {
  'learned positions': size,
  'RoPE, grouped queries, query norm': {
    ...size,
    numKvHeads: 2,
    positions: 'rope',
    norm: 'rms',
    activation: 'swiglu',
    bias: false,
    qkNorm: true,
    tiedEmbedding: false,
  },
  'sliding window': { ...size, bandedAttention: 5 },
};

/** Weights large enough that tokens differ clearly. */
export function smallModel(config: GptConfig = size): Gpt {
  manualSeed(7);
  const model = new Gpt(config).eval();
  noGrad(() => {
    for (const weight of model.parameters().values()) if (weight.dim === 2) weight.mul_(6);
  });
  return model;
}

/** A prompt of tokens that depend on `start`. */
export function promptOf(length: number, start: number): number[] {
  return Array.from({ length }, (_, i) => (start * 31 + i * i * 7 + i) % 256);
}

/** The log-probabilities of all tokens after `tokens`, computed from the beginning. */
export function logprobsAfter(model: Gpt, tokens: readonly number[]): Float32Array {
  const logprobs = noGrad(() =>
    scope(() => {
      const hidden = model.forward(tensor([[...tokens]], { dtype: 'int64' }));
      return model.logits(hidden.select(1, tokens.length - 1)).logSoftmax(-1);
    }),
  );
  try {
    return logprobs.toTypedArray() as Float32Array;
  } finally {
    logprobs.dispose();
  }
}

/** The model against itself: caches, positions, segments, tied weights. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { AttentionCache } from '../nn/index.ts';
import {
  arange,
  cat,
  keep,
  manualSeed,
  noGrad,
  randint,
  scope,
  setNumThreads,
  type Tensor,
} from '../tensor/index.ts';
import { Gpt, type GptConfig } from './index.ts';

beforeAll(() => setNumThreads(1));

const small: GptConfig = {
  numLayers: 3,
  hiddenSize: 16,
  numHeads: 4,
  contextLength: 12,
  vocabSize: 20,
};

const variants: Record<string, Partial<GptConfig>> = {
  'GPT-2': {},
  'GPT-1': { postNorm: true },
  'GPT-3 with bands of 3': { bandedAttention: 3 },
  Qwen3: {
    norm: 'rms',
    positions: 'rope',
    activation: 'swiglu',
    bias: false,
    qkNorm: true,
    numKvHeads: 2,
    headSize: 6,
    tiedEmbedding: false,
  },
};

/** Keeps everything by concatenation and leaves causality to attention. */
class PlainCache implements AttentionCache {
  readonly #layers: [Tensor, Tensor][] = [];

  extend(layer: number, key: Tensor, value: Tensor) {
    const before = this.#layers[layer];
    const all: [Tensor, Tensor] =
      before === undefined ? [key, value] : [cat([before[0], key], 2), cat([before[1], value], 2)];
    for (const old of before ?? []) old.dispose();
    this.#layers[layer] = [keep(all[0].clone()), keep(all[1].clone())];
    return { key: all[0], value: all[1], seen: null };
  }

  dispose(): void {
    for (const kept of this.#layers.flat()) kept.dispose();
  }
}

function withModel(config: GptConfig, body: (model: Gpt) => void): void {
  manualSeed(3);
  const model = new Gpt(config);
  try {
    scope(() => noGrad(() => body(model)));
  } finally {
    model.dispose();
  }
}

const tokensOf = (model: Gpt, batchSize = 2, length = 12) =>
  randint(model.config.vocabSize, [batchSize, length], { dtype: 'int64' });

const largest = (x: Tensor) => x.abs().max().item();

describe.each(Object.entries(variants))('%s', (_, variant) => {
  test('with a cache, in pieces, computes what it computes at once', () => {
    withModel({ ...small, ...variant }, (model) => {
      const tokens = tokensOf(model);
      const whole = model.forward(tokens);
      const cache = new PlainCache();
      let start = 0;
      // The scope of the whole test keeps what each forward stored.
      const pieces = [5, 1, 4, 1, 1].map((length) => {
        const positions = arange(start, start + length, { dtype: 'int64' })
          .unsqueeze(0)
          .expand([2, -1]);
        const piece = model.forward(tokens.narrow(1, start, length), { positions, cache });
        start += length;
        return piece;
      });
      cache.dispose();
      expect(largest(cat(pieces, 1).sub(whole))).toBeLessThan(1e-5);
    });
  });
});

/** The model against itself: caches, positions, segments, tied weights. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type AttentionCache, backwardBySegments, ignoreIndex } from '../nn/index.ts';
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
  tensor,
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
    scope(() => body(model));
  } finally {
    model.dispose();
  }
}

const tokensOf = (model: Gpt, batchSize = 2, length = 12) =>
  randint(model.config.vocabSize, [batchSize, length], { dtype: 'int64' });

const largest = (x: Tensor) => x.abs().max().item();

describe.each(Object.entries(variants))('%s', (_, variant) => {
  test('gives some places alone what it gives them among all', () => {
    withModel({ ...small, ...variant }, (model) => {
      const tokens = tokensOf(model);
      const outputPlaces = tensor([23, 0, 7, 7], { dtype: 'int64' });
      const wanted = model.forward(tokens).flatten(0, 1).indexSelect(0, outputPlaces);
      const some = model.forward(tokens, { outputPlaces });
      expect(some.shape).toEqual([4, 16]);
      expect(largest(some.sub(wanted))).toBeLessThan(1e-5);
    });
  });

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
        const part = tokens.narrow(1, start, length);
        const piece = noGrad(() => model.forward(part, { positions, cache }));
        start += length;
        return piece;
      });
      cache.dispose();
      expect(largest(cat(pieces, 1).sub(whole))).toBeLessThan(1e-5);
    });
  });

  test('documents packed into one row, by mask and positions, stay apart', () => {
    withModel({ ...small, ...variant }, (model) => {
      const [first, second] = [tokensOf(model, 1, 5), tokensOf(model, 1, 7)];
      const apart = cat([model.forward(first), model.forward(second)], 1);
      const range = (length: number) => arange(length, { dtype: 'int64' });
      const positions = cat([range(5), range(7)], 0).unsqueeze(0);
      const documents = range(12).ge(5).to({ dtype: 'int64' }).unsqueeze(0);
      const packed = cat([first, second], 1);
      const together = model.forward(packed, { positions, mask: { documents } });
      expect(largest(together.sub(apart))).toBeLessThan(1e-5);
      expect(largest(model.forward(packed, { positions }).sub(apart))).toBeGreaterThan(1e-3);
    });
  });

  test('has the same gradients by segments', () => {
    withModel({ ...small, ...variant, dropout: 0 }, (model) => {
      const tokens = tokensOf(model);
      const targets = tokensOf(model);
      const gradients = (backward: () => number) => {
        const loss = backward();
        const result = [...model.parameters()].map(([name, parameter]) => {
          const values = parameter.grad?.toTypedArray();
          parameter.grad = null;
          return [name, values];
        });
        return [loss, result];
      };
      const plain = gradients(() => {
        const loss = model.loss(tokens, targets);
        loss.backward();
        return loss.item();
      });
      const lossOf = (hidden: Tensor) => model.lossOfHidden(hidden, targets);
      const segments = model.segments(12);
      expect(gradients(() => backwardBySegments(segments, tokens, lossOf, 1n))).toEqual(plain);
    });
  });

  test('has the loss of its logits', () => {
    withModel({ ...small, ...variant }, (model) => {
      const tokens = tokensOf(model);
      const targets = tokensOf(model);
      targets.narrow(1, 0, 4).fill_(ignoreIndex);
      const logits = model.logits(model.forward(tokens));
      expect(logits.shape).toEqual([2, 12, 20]);
      const expected = logits.flatten(0, 1).crossEntropyLoss(targets.flatten(), null, 2);
      const loss = model.loss(tokens, targets, { reduction: 'sum' });
      expect(loss.item()).toBeCloseTo(expected.item(), 3);
    });
  });
});

test('the output layer is the token embedding, or another tensor', () => {
  const names = (model: Gpt) =>
    [...model.parameters().keys()].filter((name) => !/blocks/.test(name));
  withModel(small, (model) => {
    expect(names(model)).not.toContain('outputLayer.weight');
    expect(model.to('cpu').outputLayer.weight).toBe(model.tokenEmbedding.weight);
  });
  withModel({ ...small, tiedEmbedding: false }, (model) => {
    expect(names(model)).toContain('outputLayer.weight');
  });
});

test('initial weights have the spread of GPT-2', () => {
  const wide = { ...small, hiddenSize: 128, numLayers: 8 };
  const std = (x: Tensor) => Math.sqrt(x.square().mean().item());
  withModel(wide, ({ blocks, tokenEmbedding }) => {
    const { attention, feedForward } = blocks[5] as (typeof blocks)[0];
    for (const { weight } of [tokenEmbedding, attention.queryKeyValue, feedForward.up]) {
      expect(std(weight) / 0.02).toBeCloseTo(1, 1);
    }
    for (const { weight } of [attention.output, feedForward.down]) {
      expect(std(weight) / 0.005).toBeCloseTo(1, 1);
    }
  });
});

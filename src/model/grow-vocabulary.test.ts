import { beforeAll, expect, test } from 'vitest';
import { liveTensors, noGrad, scope, setNumThreads, type Tensor, tensor } from '../tensor/index.ts';
import { type GptConfig, growVocabulary } from './index.ts';
import { kinds, logitsOf, randomModel, size } from './testing/random-model.ts';

beforeAll(() => setNumThreads(1));

const numNew = 5;

test.each<[string, GptConfig]>([
  ['tied', size],
  ['untied', { ...size, tiedEmbedding: false }],
])('new rows are the mean of the old ones, which stay as they are: %s', (_, config) => {
  using model = randomModel(config);
  const before = { weight: model.tokenEmbedding.weight.toArray(), logits: logitsOf(model) };
  const numLive = liveTensors();
  growVocabulary(model, size.vocabSize + numNew);
  expect(liveTensors()).toBe(numLive);
  expect(model.config.vocabSize).toBe(size.vocabSize + numNew);
  expect(model.outputLayer.weight === model.tokenEmbedding.weight).toBe(
    config.tiedEmbedding !== false,
  );
  for (const { weight } of [model.tokenEmbedding, model.outputLayer]) checkNewRows(weight);
  expect((model.tokenEmbedding.weight.toArray() as number[][]).slice(0, size.vocabSize)).toEqual(
    before.weight,
  );
  const old = logitsOf(model).filter((_, i) => i % (size.vocabSize + numNew) < size.vocabSize);
  expect(old.length).toBe(before.logits.length);
  const errors = old.map((logit, i) => Math.abs(logit - (before.logits[i] ?? NaN)));
  expect(Math.max(...errors)).toBeLessThan(1e-5);
});

test('new tokens can be read and trained, and the model is refused to shrink', () => {
  using model = randomModel(kinds.qwen3 ?? size);
  growVocabulary(model, size.vocabSize);
  const weight = model.tokenEmbedding.weight;
  growVocabulary(model, 300);
  expect(weight.isDisposed).toBe(true);
  scope(() => {
    const ids = tensor([[298, 299]], { dtype: 'int64' });
    model.loss(ids, ids).backward();
    const gradient = model.tokenEmbedding.weight.grad;
    expect(noGrad(() => gradient?.narrow(0, 298, 2).abs().sum().item())).toBeGreaterThan(0);
  });
  for (const smaller of [299, 0, 300.5, Number.NaN]) {
    expect(() => growVocabulary(model, smaller)).toThrow(/whole number from 300/);
  }
});

function checkNewRows(weight: Tensor): void {
  expect([weight.shape, weight.requiresGrad]).toEqual([[size.vocabSize + numNew, 16], true]);
  scope(() => {
    const old = weight.detach().narrow(0, 0, size.vocabSize);
    const fresh = weight.detach().narrow(0, size.vocabSize, numNew);
    expect(
      fresh
        .sub(old.mean([0]))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-6);
  });
}

import { expect, test } from 'vitest';
import { byteTokenizer } from '../../tests/byte-tokenizer.ts';
import { Gpt } from '../model/index.ts';
import { manualSeed, noGrad, scope, tensor } from '../tensor/index.ts';
import { textPerplexities } from './text-perplexity.ts';

const size = { numLayers: 2, hiddenSize: 32, numHeads: 4, contextLength: 16, vocabSize: 300 };

/** From the log-probabilities of all tokens, window by window and token by token. */
function plainPerplexity(model: Gpt, ids: readonly number[]): number {
  let [loss, count] = [0, 0];
  for (let start = 0; start + 1 < ids.length; start += size.contextLength) {
    const window = ids.slice(start, start + size.contextLength + 1);
    scope(() => {
      const tokens = tensor([window.slice(0, -1)], { dtype: 'int64' });
      const logprobs = noGrad(() => model.logits(model.forward(tokens)).logSoftmax(-1));
      for (let at = 0; at + 1 < window.length; at++) {
        loss -= logprobs
          .select(0, 0)
          .select(0, at)
          .select(0, window[at + 1] as number)
          .item();
        count++;
      }
    });
  }
  return Math.exp(loss / count);
}

test('texts of any length, several at once, are as surprising as token by token', () => {
  manualSeed(3);
  const model = new Gpt(size).eval();
  noGrad(() => {
    for (const weight of model.parameters().values()) if (weight.dim === 2) weight.mul_(6);
  });
  const texts = ['a', 'spring sleep', 'x'.repeat(16), '春眠不觉晓，处处闻啼鸟。'.repeat(12), ''];
  const found = textPerplexities(model, byteTokenizer(), texts);
  for (const [i, text] of texts.slice(0, -1).entries()) {
    const expected = plainPerplexity(model, [256, ...Buffer.from(text)]);
    expect(Math.abs((found[i] as number) / expected - 1), text).toBeLessThan(1e-4);
  }
  expect(found[4]).toBeNaN();
  expect(textPerplexities(model, byteTokenizer(), ['spring sleep'])[0]).toBeCloseTo(
    found[1] as number,
    3,
  );
  const without = textPerplexities(model, byteTokenizer([]), ['a', 'ab']);
  expect(without[0]).toBeNaN();
  expect(without[1]).toBeCloseTo(plainPerplexity(model, [...Buffer.from('ab')]), 1);
  model.dispose();
});

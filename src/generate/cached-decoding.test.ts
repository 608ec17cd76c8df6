import { afterAll, expect, test } from 'vitest';
import type { Gpt } from '../model/index.ts';
import { generateTokens, type TokenRequest } from './index.ts';
import { kinds, logprobsAfter, promptOf, smallModel } from './testing/small-model.ts';

const models = new Map(Object.entries(kinds).map(([name, config]) => [name, smallModel(config)]));

afterAll(() => {
  for (const model of models.values()) model.dispose();
});

/** Lengths that differ, more prompts than rows, and ends that leave holes in the batch. */
const requests: TokenRequest[] = [3, 11, 1, 7, 20, 2].map((length, i) => ({
  prompt: promptOf(length, i),
  temperature: 0,
  maxTokens: [12, 4, 20, 9, 1, 15][i] as number,
  logprobs: true,
}));

/** Greedy tokens and their log-probabilities without a cache. */
function decodeFully(model: Gpt, { prompt, maxTokens = 0 }: TokenRequest) {
  const tokens = Array.from(prompt);
  const logprobs: number[] = [];
  for (let i = 0; i < maxTokens; i++) {
    const all = logprobsAfter(model, tokens);
    const best = all.indexOf(Math.max(...all));
    tokens.push(best);
    logprobs.push(all[best] as number);
  }
  return { tokens: tokens.slice(prompt.length), logprobs };
}

test.each([...models])('%s: cached decoding equals full decoding', async (_, model) => {
  const results = await generateTokens(model, requests, { maxBatchSize: 3 });
  for (const [i, request] of requests.entries()) {
    const expected = decodeFully(model, request);
    expect(results[i]?.tokens).toEqual(expected.tokens);
    expect(results[i]?.finishReason).toBe('length');
    for (const [at, logprob] of expected.logprobs.entries()) {
      expect(Math.abs((results[i]?.logprobs[at] ?? Number.NaN) - logprob)).toBeLessThan(2e-5);
    }
  }
});

test.each([...models])(
  '%s: a row depends neither on its mates nor on the order',
  async (_, model) => {
    const sampled = requests.map((request, i) => ({
      ...request,
      ...{ temperature: 0.8, topP: 0.95, repetitionPenalty: 1.1, seed: 5, stream: 100 + i },
    }));
    const together = await generateTokens(model, sampled, { maxBatchSize: 4 });
    const reversed = await generateTokens(model, sampled.toReversed(), { maxBatchSize: 2 });
    for (const [i, request] of sampled.entries()) {
      const [alone] = await generateTokens(model, [request]);
      expect(together[i]?.tokens).toEqual(alone?.tokens);
      expect(reversed.at(-1 - i)?.tokens).toEqual(alone?.tokens);
    }
    expect(new Set(together.map(({ tokens }) => tokens.join())).size).toBe(sampled.length);
  },
);

test('generation goes on to the end of the context', async () => {
  const model = models.get('learned positions') as Gpt;
  const [result] = await generateTokens(model, [{ prompt: promptOf(40, 1) }]);
  expect(result?.tokens).toHaveLength(8);
  expect(result?.finishReason).toBe('length');
});

test('streams of one seed differ, the same stream repeats', async () => {
  const model = models.get('learned positions') as Gpt;
  const request = { prompt: promptOf(4, 1), maxTokens: 10, seed: 3 };
  const [a, b] = await generateTokens(model, [request, request]);
  const [again] = await generateTokens(model, [request]);
  expect(a?.tokens).not.toEqual(b?.tokens);
  expect(a?.tokens).toEqual(again?.tokens);
});

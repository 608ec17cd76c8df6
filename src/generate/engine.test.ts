import { afterAll, expect, test } from 'vitest';
import { liveTensors, noGrad } from '../tensor/index.ts';
import { Tokenizer } from '../tokenizer/index.ts';
import {
  type CausalModel,
  GenerationEngine,
  generateTokens,
  InferenceWeights,
  type TextChunk,
} from './index.ts';
import { logprobsAfter, promptOf, smallModel } from './testing/small-model.ts';

/** Bytes are tokens, so that a Chinese character needs three of them and an emoji four. */
const tokenizer = new Tokenizer({
  splitter: 'athanor',
  tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  merges: 'ranks',
  wholePieces: true,
  specialTokens: new Map([['<|end|>', 256]]),
});

const model = smallModel();
afterAll(() => model.dispose());

/** A model that repeats a text: token i + 1 follows token i of it. */
function reciting(text: string): CausalModel {
  const script = [...tokenizer.encode(text), 256];
  const { config } = model;
  return {
    ...{ config, training: false, train: () => model, parameters: () => model.parameters() },
    forward: (_, { positions = model.tokenEmbedding.weight, outputPlaces } = {}) =>
      outputPlaces === undefined
        ? positions.unsqueeze(-1)
        : positions.flatten().indexSelect(0, outputPlaces).unsqueeze(-1),
    logits: (places) => {
      // The prompt is one token, so position p is followed by element p of the script.
      const index = Number((places.toTypedArray() as BigInt64Array)[0]);
      const [row] = [model.tokenEmbedding.weight.select(1, 0).mul(0)];
      row.select(0, script[index] ?? 256).add_(1);
      return row.unsqueeze(0);
    },
  };
}

async function collect(chunks: AsyncIterable<TextChunk>): Promise<TextChunk[]> {
  const all: TextChunk[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
}

const text = '春眠不觉晓，🎈🇨🇳 ok';

async function recite(stop: string[]) {
  using engine = new GenerationEngine(reciting(text), tokenizer);
  const request = { prompt: [65], temperature: 0, stopTokens: [256], stop };
  return await collect(engine.stream(request));
}

test('text streams in whole characters and equals the text decoded whole', async () => {
  const chunks = await recite([]);
  expect(chunks.map((chunk) => chunk.text).join('')).toBe(text);
  expect(chunks.length).toBeGreaterThan(8);
  for (const chunk of chunks) expect(chunk.text).not.toContain('\ufffd');
  const tokens = chunks.flatMap((chunk) => chunk.tokens);
  expect(tokens).toEqual([...tokenizer.encode(text), 256]);
  expect(chunks.at(-1)?.finishReason).toBe('stop');
});

test('a stop sequence ends the text in front of it, across tokens', async () => {
  const chunks = await recite(['觉晓', 'never']);
  expect(chunks.map((chunk) => chunk.text).join('')).toBe('春眠不');
  expect(chunks.at(-1)?.finishReason).toBe('stop');
});

test('abort, an early leave and dispose free every tensor', async () => {
  const before = liveTensors();
  const engine = new GenerationEngine(model, tokenizer, { maxBatchSize: 2 });
  const controller = new AbortController();
  const request = { prompt: promptOf(4, 1), seed: 1 };
  const aborted = collect(engine.stream({ ...request, signal: controller.signal }));
  for await (const _ of engine.stream(request)) break;
  controller.abort();
  expect((await aborted).at(-1)?.finishReason).toBe('aborted');
  const disposed = collect(engine.stream(request));
  engine.dispose();
  expect((await disposed).at(-1)?.finishReason).toBe('aborted');
  expect(liveTensors()).toBe(before);
});

test('prompts that do not fit are refused at once', () => {
  using engine = new GenerationEngine(model, tokenizer);
  expect(() => engine.stream({ prompt: '' })).toThrow(/the prompt must have at least one token/);
  expect(() => engine.stream({ prompt: 'x'.repeat(48) })).toThrow(
    /shorter than the model's context of 48 tokens, got 48 tokens\n {2}hint: leave out at least 1/,
  );
  expect(() => engine.stream({ prompt: [300] })).toThrow(
    /prompt\[0\] must be a token of the model/,
  );
  expect(() => engine.stream({ prompt: 'a', maxTokens: 0 })).toThrow(/maxTokens must be/);
});

test('copied weights decode as the parameters do, bf16 nearly so', async () => {
  const request = { prompt: promptOf(5, 2), temperature: 0, maxTokens: 6, logprobs: true };
  const expected = logprobsAfter(model, request.prompt);
  for (const [precision, tolerance] of [['fp32', 2e-5] as const, ['bf16', 0.5] as const]) {
    const weights = new InferenceWeights(model, precision);
    const [result] = await generateTokens(model, [request], { weights });
    weights.dispose();
    const difference = (result?.logprobs[0] ?? 0) - (expected[result?.tokens[0] ?? 0] ?? 9);
    expect(Math.abs(difference)).toBeLessThan(tolerance);
  }
  expect(logprobsAfter(model, request.prompt)).toEqual(expected);
});

test('copied weights follow the parameters when they are copied again', async () => {
  const request = { prompt: promptOf(5, 2), temperature: 0, maxTokens: 3, logprobs: true };
  using trained = smallModel();
  const weights = new InferenceWeights(trained, 'fp32');
  const generated = () => generateTokens(trained, [request], { weights });
  const [before] = await generated();
  noGrad(() => trained.blocks[1]?.feedForward.up.weight.mul_(-1));
  expect(await generated()).toEqual([before]);
  weights.refresh();
  const [after] = await generated();
  weights.dispose();
  const [wanted] = await generateTokens(trained, [request]);
  expect(after?.logprobs[0]).not.toBe(before?.logprobs[0]);
  expect(after?.tokens).toEqual(wanted?.tokens);
  expect(Math.abs((after?.logprobs[0] ?? 9) - (wanted?.logprobs[0] ?? 0))).toBeLessThan(2e-5);
});

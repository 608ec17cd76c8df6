/** The parameter counts of published models, by formula and by building them on `meta`. */
import { expect, test } from 'vitest';
import { onDevice } from '../nn/index.ts';
import { memoryStats } from '../tensor/index.ts';
import {
  Gpt,
  type GptConfig,
  parameterBreakdown,
  parameterBreakdownOf,
  presetConfig,
  presets,
  trainingFlopsPerToken,
} from './index.ts';

const published: Record<string, number> = {
  gpt1: 116_534_784,
  'gpt2-124m': 124_439_808,
  'gpt2-355m': 354_823_168,
  'gpt2-774m': 774_030_080,
  'gpt2-1.5b': 1_557_611_200,
  'gpt3-125m': 125_226_240,
  'gpt3-350m': 355_871_744,
  'gpt3-760m': 760_300_032,
  'gpt3-1.3b': 1_517_123_584,
  'gpt3-2.7b': 2_651_553_280,
  'gpt3-6.7b': 6_658_404_352,
  'gpt3-13b': 12_936_488_380,
  'gpt3-175b': 174_604_259_328,
  'qwen3-0.6b': 596_049_920,
  'llama3-8b': 8_030_261_248,
};

test('every preset has a published count', () => {
  expect(Object.keys(published)).toEqual(Object.keys(presets));
});

test.each(Object.entries(published))('%s has %d parameters, on meta too', (name, total) => {
  const breakdown = parameterBreakdown(presetConfig(name));
  expect(breakdown.total).toBe(total);
  const before = memoryStats().liveBytes;
  const model = onDevice('meta', () => new Gpt(presetConfig(name)));
  // Tables of angles are made on the CPU and dropped; there is nothing else.
  expect(memoryStats().liveBytes - before).toBeLessThan(1000);
  expect(parameterBreakdownOf(model)).toEqual(breakdown);
  expect(model.numParameters).toBe(total);
  model.dispose();
});

test.each([
  ['gpt3-1.3b', { numHeads: 16 }, 1_315_723_264],
  ['gpt3-13b', { numHeads: 20, headSize: 257 }, 12_952_938_780],
  ['gpt3-13b', { hiddenSize: 5120 }, 12_853_386_240],
] as [string, Partial<GptConfig>, number][])('%s with %o has %d', (name, change, total) => {
  expect(parameterBreakdown({ ...presetConfig(name), ...change }).total).toBe(total);
});

test('a token of GPT-2 costs what nanoGPT counts', () => {
  // transformer_sizing.ipynb: 874,944,921,600 for forward and backward of 1,024 tokens.
  expect(trainingFlopsPerToken(presetConfig('gpt2-124m')) * 1024).toBe(874_944_921_600);
  // Every second layer sees a fourth of the positions.
  const attention = 12 * 12 * 12 * 64 * 2048;
  const [dense, banded] = [null, 512].map((bandedAttention) =>
    trainingFlopsPerToken({ ...presetConfig('gpt3-125m'), bandedAttention }),
  );
  expect((dense ?? 0) - (banded ?? 0)).toBe((attention * 3) / 8);
});

test('the parts of 175 billion', () => {
  expect(parameterBreakdown(presetConfig('gpt3-175b'))).toEqual({
    tokenEmbedding: 617_558_016,
    positionEmbedding: 25_165_824,
    attention: 57_986_777_088,
    feedForward: 115_970_015_232,
    norms: 4_718_592,
    finalNorm: 24_576,
    outputLayer: 0,
    total: 174_604_259_328,
  });
});

test('an unknown preset lists those there are', () => {
  for (const name of ['gpt4', 'toString', '']) {
    expect(() => presetConfig(name)).toThrow(/must be one of gpt1, gpt2-124m, .* got/);
  }
});

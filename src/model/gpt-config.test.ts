import { describe, expect, test } from 'vitest';
import { ConfigError } from '../base/index.ts';
import { liveTensors } from '../tensor/index.ts';
import { Gpt, type GptConfig, resolveGptConfig } from './index.ts';

const base: GptConfig = {
  numLayers: 2,
  hiddenSize: 24,
  numHeads: 4,
  contextLength: 8,
  vocabSize: 10,
};

describe('a config that does not fit together is refused', () => {
  test.each([
    [
      { hiddenSize: 770, numHeads: 12 },
      /^model.hiddenSize must be divisible by model.numHeads \(12\), got 770\n {2}hint: the nearest valid values are 768 and 780$/,
    ],
    [
      { hiddenSize: 3, numHeads: 4 },
      /model.hiddenSize must .* got 3\n.*the nearest valid value is 4$/,
    ],
    [
      { numKvHeads: 3 },
      /model.numHeads must be divisible by model.numKvHeads \(3\), got 4\n.*3 and 6/,
    ],
    [{ positions: 'rope', headSize: 5 }, /model.headSize must be even for RoPE, got 5\n.*4 and 6/],
    [{ numLayers: 0 }, /model.numLayers must be a positive whole number, got 0/],
    [{ vocabSize: 1.5 }, /model.vocabSize must be a positive whole number, got 1.5/],
    [{ contextLength: Number.NaN }, /model.contextLength must be .* got NaN/],
    [{ headSize: -2 }, /model.headSize must be a positive whole number, got -2/],
    [{ feedForwardSize: 0 }, /model.feedForwardSize must be/],
    [{ bandedAttention: 0 }, /model.bandedAttention must be/],
    [{ dropout: 1 }, /model.dropout must be from 0 to below 1, got 1/],
    [{ normEpsilon: 0 }, /model.normEpsilon must be above 0 and finite, got 0/],
    [{ ropeBase: Infinity }, /model.ropeBase must be above 0 and finite, got Infinity/],
    [{ activation: 'tanh' }, /model.activation must be one of gelu, .*, got tanh/],
    [{ norm: 'batch' }, /model.norm must be one of layer, rms, got batch/],
    [{ positions: 'alibi' }, /model.positions must be one of learned, rope, got alibi/],
    [{ numLayer: 3 }, /model.numLayer must be the name of a field, got 3\n.*numLayers/],
  ])('%o', (wrong, message) => {
    const before = liveTensors();
    const make = () => new Gpt({ ...base, ...wrong } as GptConfig);
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(message);
    expect(liveTensors()).toBe(before);
  });
});

test('what is left out is as in GPT-2', () => {
  expect(resolveGptConfig(base)).toEqual({
    ...base,
    numKvHeads: 4,
    headSize: 6,
    feedForwardSize: 96,
    activation: 'geluTanh',
    norm: 'layer',
    normEpsilon: 1e-5,
    postNorm: false,
    positions: 'learned',
    ropeBase: 10_000,
    qkNorm: false,
    bias: true,
    tiedEmbedding: true,
    bandedAttention: null,
    dropout: 0,
  });
  expect(resolveGptConfig({ ...base, norm: 'rms', numHeads: 2 })).toMatchObject({
    normEpsilon: 1e-6,
    headSize: 12,
    numKvHeads: 2,
  });
});

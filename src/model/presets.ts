/** The published numbers of known models, and the shape that this project trains by default. */
import { ConfigError } from '../base/index.ts';
import type { GptConfig } from './gpt-config.ts';

/** GPT-1 (Radford et al. 2018, §4.1): norms after the sums, byte pairs with 40,000 merges. */
export const gpt1 = {
  numLayers: 12,
  hiddenSize: 768,
  numHeads: 12,
  contextLength: 512,
  vocabSize: 40_478,
  postNorm: true,
  dropout: 0.1,
} as const satisfies GptConfig;

/** Of GPT-2 and GPT-3: 256 bytes, 50,000 merges, end of text. */
const vocabSize = 50_257;

/** [layers, hidden size, heads] of GPT-2 (Radford et al. 2019, table 2). */
const gpt2Shapes = {
  '124m': [12, 768, 12],
  '355m': [24, 1024, 16],
  '774m': [36, 1280, 20],
  '1.5b': [48, 1600, 25],
} as const;

export type Gpt2Size = keyof typeof gpt2Shapes;

export function gpt2(size: Gpt2Size): GptConfig {
  const [numLayers, hiddenSize, numHeads] = gpt2Shapes[size];
  return { numLayers, hiddenSize, numHeads, contextLength: 1024, vocabSize };
}

/**
 * [layers, hidden size, heads, head size] of GPT-3, literally as in Brown et al. 2020 (arXiv
 * 2005.14165), table 2.1: in two rows heads times head size is not the hidden size.
 */
const gpt3Shapes = {
  '125m': [12, 768, 12, 64],
  '350m': [24, 1024, 16, 64],
  '760m': [24, 1536, 16, 96],
  '1.3b': [24, 2048, 24, 128],
  '2.7b': [32, 2560, 32, 80],
  '6.7b': [32, 4096, 32, 128],
  '13b': [40, 5140, 40, 128],
  '175b': [96, 12_288, 96, 128],
} as const;

export type Gpt3Size = keyof typeof gpt3Shapes;

/**
 * @param bandedAttention how many positions every second layer sees; the paper (§2.1) has such
 *   layers and does not say how many. Null: all layers see all.
 */
export function gpt3(size: Gpt3Size, bandedAttention: number | null = null): GptConfig {
  const [numLayers, hiddenSize, numHeads, headSize] = gpt3Shapes[size];
  const shape = { numLayers, hiddenSize, numHeads, headSize };
  return { ...shape, contextLength: 2048, vocabSize, bandedAttention };
}

/** The sizes that `modern` needs; the rest of the config can be given too. */
export type ModernConfig = Pick<
  GptConfig,
  'numLayers' | 'hiddenSize' | 'numHeads' | 'contextLength' | 'vocabSize'
> &
  Partial<GptConfig>;

/**
 * The architecture of Qwen3 (Yang et al. 2025, arXiv 2505.09388, §2): RMSNorm, RoPE, SwiGLU,
 * grouped-query attention and norms of queries and keys. With `qkNorm: false` it is Llama's.
 * Default: two heads share keys and values, and the network is 8/3 as wide as the hidden size.
 */
export function modern(config: ModernConfig): GptConfig {
  const { numHeads, hiddenSize } = config;
  return {
    norm: 'rms',
    positions: 'rope',
    ropeBase: 1_000_000,
    activation: 'swiglu',
    qkNorm: true,
    bias: false,
    numKvHeads: numHeads % 2 === 0 ? numHeads / 2 : numHeads,
    feedForwardSize: Math.ceil((hiddenSize * 8) / 3 / 64) * 64,
    ...config,
  };
}

/** Every preset by the name that commands know. */
export const presets: Readonly<Record<string, GptConfig>> = {
  gpt1,
  'gpt2-124m': gpt2('124m'),
  'gpt2-355m': gpt2('355m'),
  'gpt2-774m': gpt2('774m'),
  'gpt2-1.5b': gpt2('1.5b'),
  'gpt3-125m': gpt3('125m'),
  'gpt3-350m': gpt3('350m'),
  'gpt3-760m': gpt3('760m'),
  'gpt3-1.3b': gpt3('1.3b'),
  'gpt3-2.7b': gpt3('2.7b'),
  'gpt3-6.7b': gpt3('6.7b'),
  'gpt3-13b': gpt3('13b'),
  'gpt3-175b': gpt3('175b'),
  'qwen3-0.6b': modern({
    ...{ numLayers: 28, hiddenSize: 1024, numHeads: 16, numKvHeads: 8, headSize: 128 },
    ...{ feedForwardSize: 3072, contextLength: 40_960, vocabSize: 151_936 },
  }),
  'llama3-8b': modern({
    ...{ numLayers: 32, hiddenSize: 4096, numHeads: 32, numKvHeads: 8, feedForwardSize: 14_336 },
    ...{ contextLength: 8192, vocabSize: 128_256, ropeBase: 500_000, normEpsilon: 1e-5 },
    ...{ qkNorm: false, tiedEmbedding: false },
  }),
};

/** @throws ConfigError that lists the presets, for a name that is none. */
export function presetConfig(name: string): GptConfig {
  const config = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (config !== undefined) return config;
  throw new ConfigError({
    what: 'the preset',
    must: `be one of ${Object.keys(presets).join(', ')}`,
    got: name,
  });
}

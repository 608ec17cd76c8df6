import { ConfigError } from '../base/index.ts';
import type { Activation } from '../nn/index.ts';

/** The shape of a decoder-only Transformer. What is left out is as in GPT-2. */
export interface GptConfig {
  numLayers: number;
  hiddenSize: number;
  numHeads: number;
  contextLength: number;
  vocabSize: number;
  /** Fewer than numHeads share keys and values in groups. Default: numHeads. */
  numKvHeads?: number;
  /** Default: hiddenSize / numHeads. */
  headSize?: number;
  /** Width inside the feed-forward network. Default: 4 · hiddenSize. */
  feedForwardSize?: number;
  /** Default: geluTanh. */
  activation?: Activation;
  /** LayerNorm or RMSNorm. Default: layer. */
  norm?: 'layer' | 'rms';
  /** Default: 1e-5 for LayerNorm, 1e-6 for RMSNorm. */
  normEpsilon?: number;
  /** Norms after each sum instead of before each part, and none at the end: GPT-1. Default: false. */
  postNorm?: boolean;
  /** A table of learned vectors, or RoPE. Default: learned. */
  positions?: 'learned' | 'rope';
  /** Default: 10,000. */
  ropeBase?: number;
  /** RMSNorm of queries and keys. Default: false. */
  qkNorm?: boolean;
  /** Of the linear layers; LayerNorm always has one. Default: true. */
  bias?: boolean;
  /** Whether the output layer is the token embedding. Default: true. */
  tiedEmbedding?: boolean;
  /**
   * Positions that every second layer (1, 3, …) sees, while the others see all: GPT-3's alternating
   * dense and locally banded attention. Null: all layers see all. Default: null.
   */
  bandedAttention?: number | null;
  /** Of embeddings, attention weights and the outputs of each part, while training. Default: 0. */
  dropout?: number;
}

/** A config with every default filled in. */
export type ResolvedGptConfig = Required<GptConfig>;

/**
 * Fills in the defaults and checks that the numbers fit together.
 *
 * @param path of the config in messages, such as `pretrain.model`
 * @throws ConfigError that names the field and the nearest values that fit.
 */
export function resolveGptConfig(config: GptConfig, path = 'model'): ResolvedGptConfig {
  const norm = config.norm ?? 'layer';
  const defaults = {
    norm,
    numKvHeads: config.numHeads,
    headSize: config.hiddenSize / config.numHeads,
    feedForwardSize: 4 * config.hiddenSize,
    activation: 'geluTanh' as const,
    normEpsilon: norm === 'layer' ? 1e-5 : 1e-6,
    postNorm: false,
    positions: 'learned' as const,
    ropeBase: 10_000,
    qkNorm: false,
    bias: true,
    tiedEmbedding: true,
    bandedAttention: null,
    dropout: 0,
  };
  checkNames(path, config, [...requiredNames, ...Object.keys(defaults)]);
  const resolved = { ...defaults, ...config };
  checkConfig(path, resolved, config.headSize === undefined);
  return resolved;
}

const requiredNames = [
  'numLayers',
  'hiddenSize',
  'numHeads',
  'contextLength',
  'vocabSize',
] as const;

function checkConfig(path: string, config: ResolvedGptConfig, derivesHeadSize: boolean): void {
  for (const name of [...requiredNames, 'numKvHeads', 'feedForwardSize'] as const)
    checkCount(path, name, config[name]);
  if (derivesHeadSize) {
    checkMultiple(path, config, 'hiddenSize', 'numHeads');
  }
  checkCount(path, 'headSize', config.headSize);
  checkMultiple(path, config, 'numHeads', 'numKvHeads');
  if (config.positions === 'rope' && config.headSize % 2 !== 0) {
    const near = `values are ${config.headSize - 1} and ${config.headSize + 1}`;
    refuse(path, 'headSize', 'be even for RoPE', config.headSize, `the nearest valid ${near}`);
  }
  if (config.bandedAttention !== null) checkCount(path, 'bandedAttention', config.bandedAttention);
  for (const name of ['normEpsilon', 'ropeBase'] as const) {
    if (!(config[name] > 0 && config[name] < Infinity)) {
      refuse(path, name, 'be above 0 and finite', config[name]);
    }
  }
  if (!(config.dropout >= 0 && config.dropout < 1)) {
    refuse(path, 'dropout', 'be from 0 to below 1', config.dropout);
  }
  checkChoice(path, 'norm', config.norm, ['layer', 'rms']);
  checkChoice(path, 'positions', config.positions, ['learned', 'rope']);
  checkChoice(path, 'activation', config.activation, ['gelu', 'geluTanh', 'relu2', 'swiglu']);
}

/** A misspelt field would otherwise be a default, silently. */
function checkNames(path: string, config: GptConfig, known: readonly string[]): void {
  for (const [name, value] of Object.entries(config)) {
    if (known.includes(name)) continue;
    refuse(path, name, 'be the name of a field', value, `the fields are ${known.join(', ')}`);
  }
}

function checkCount(path: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 0) return;
  refuse(path, name, 'be a positive whole number', value);
}

function checkMultiple(
  path: string,
  config: ResolvedGptConfig,
  name: 'hiddenSize' | 'numHeads',
  divisorName: 'numHeads' | 'numKvHeads',
): void {
  const [value, divisor] = [config[name], config[divisorName]];
  if (value % divisor === 0) return;
  const below = Math.floor(value / divisor) * divisor;
  const near = below === 0 ? `value is ${divisor}` : `values are ${below} and ${below + divisor}`;
  const must = `be divisible by ${path}.${divisorName} (${divisor})`;
  refuse(path, name, must, value, `the nearest valid ${near}`);
}

function checkChoice(path: string, name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) refuse(path, name, `be one of ${choices.join(', ')}`, value);
}

function refuse(path: string, name: string, must: string, got: unknown, hint?: string): never {
  throw new ConfigError({ what: `${path}.${name}`, must, got: String(got), hint });
}

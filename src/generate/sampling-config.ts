import { ConfigError } from '../base/index.ts';

/** How the next token is chosen. Applied in this order: penalty, temperature, top-k, top-p, min-p. */
export interface SamplingConfig {
  /** Divides the logits; 0 takes the most likely token (greedy). Default: 1. */
  temperature?: number;
  /** Keeps so many of the most likely tokens; 0 keeps all. Default: 0. */
  topK?: number;
  /** Keeps the most likely tokens that together reach this probability. Default: 1, which keeps all. */
  topP?: number;
  /** Keeps tokens at least so probable relative to the most likely one. Default: 0, all. */
  minP?: number;
  /** Above 1 makes tokens that already occurred, in the prompt too, less likely. Default: 1. */
  repetitionPenalty?: number;
}

export type Sampling = Required<SamplingConfig>;

const rules: Record<keyof Sampling, [test: (value: number) => boolean, must: string]> = {
  temperature: [(value) => value >= 0 && value < Infinity, 'be 0 (greedy) or a positive number'],
  topK: [(value) => Number.isSafeInteger(value) && value >= 0, 'be a whole number, 0 for all'],
  topP: [(value) => value > 0 && value <= 1, 'be above 0 and at most 1'],
  minP: [(value) => value >= 0 && value <= 1, 'be from 0 to 1'],
  repetitionPenalty: [(value) => value > 0 && value < Infinity, 'be a positive number'],
};

/**
 * A sampling config with every field.
 * @throws ConfigError that names the first field out of range.
 */
export function resolveSampling(config: SamplingConfig): Sampling {
  const { temperature = 1, topK = 0, topP = 1, minP = 0, repetitionPenalty = 1 } = config;
  const sampling = { temperature, topK, topP, minP, repetitionPenalty };
  for (const [name, value] of Object.entries(sampling)) {
    const [test, must] = rules[name as keyof Sampling];
    if (!test(value)) throw new ConfigError({ what: name, must, got: String(value) });
  }
  return sampling;
}

import { ConfigError, deriveSeed, type Seed, uniformAt } from '../../base/index.ts';
import { Permutation } from './permutation.ts';

export interface WindowOrderConfig {
  /** Tokens of the data set. */
  numTokens: number;
  /** Tokens of a window, its last target not counted. */
  contextLength: number;
  seed: Seed;
  /** Tells the orders of several data sets with one seed apart. */
  name: string;
  /** Cut the windows elsewhere in each epoch, so that borders fall on other tokens. */
  shift: boolean;
}

/** Where a sample stands in a data set. */
export interface WindowPlace {
  epoch: number;
  /** Which window of the epoch, in the order of the text. */
  window: number;
  /** Position of its first token. */
  start: number;
}

/**
 * The order in which one data set is read, as a pure function of the sample's index. The tokens are a
 * circle, cut into `numWindows` windows; epoch e visits each once, in an order of its own. What
 * remains, less than one window of tokens, is left out of that epoch; with `shift`, another part in
 * each.
 */
export class WindowOrder {
  readonly numWindows: number;
  readonly #config: WindowOrderConfig;
  #epoch = -1;
  #shift = 0;
  #permutation: Permutation | undefined;

  /** @throws ConfigError when the data set has not more tokens than one window. */
  constructor(config: WindowOrderConfig) {
    const { numTokens, contextLength, name } = config;
    if (!Number.isSafeInteger(contextLength) || contextLength < 1) {
      const got = String(contextLength);
      throw new ConfigError({ what: 'contextLength', must: 'be a whole number from 1', got });
    }
    if (numTokens <= contextLength) {
      throw new ConfigError({
        what: `the data set ${name}`,
        must: `have more tokens than one window (${contextLength})`,
        got: String(numTokens),
        hint: 'add text, or choose a smaller contextLength',
      });
    }
    this.#config = config;
    this.numWindows = Math.floor(numTokens / contextLength);
  }

  /** The place of the data set's sample of that index, from 0. */
  place(sample: number): WindowPlace {
    const { numTokens, contextLength } = this.#config;
    const epoch = Math.floor(sample / this.numWindows);
    const window = this.#permutationOf(epoch).at(sample % this.numWindows);
    return { epoch, window, start: (window * contextLength + this.#shift) % numTokens };
  }

  /** What an epoch shares is kept for the next sample, which is most likely of the same one. */
  #permutationOf(epoch: number): Permutation {
    if (this.#permutation !== undefined && this.#epoch === epoch) return this.#permutation;
    const { seed, name, shift, numTokens } = this.#config;
    this.#epoch = epoch;
    const draw = shift ? uniformAt(deriveSeed(seed, 'window shift', name), epoch, 0) : 0;
    this.#shift = Math.floor(draw * numTokens);
    this.#permutation = new Permutation(this.numWindows, seed, name, epoch);
    return this.#permutation;
  }
}

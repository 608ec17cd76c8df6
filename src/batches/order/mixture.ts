import { ConfigError, type Seed, SeededRandom } from '../../base/index.ts';
import { wholeWeights } from './whole-weights.ts';

/**
 * Which data set each sample comes from: of any first n samples, every data set has its share of n,
 * give or take less than one.
 *
 * The weights become whole numbers; after as many samples as their sum, all shares are exact and the
 * pattern repeats. Within it, sample i goes to the data set whose next turn is due first. That is the
 * scheduling of Baruah et al., "Proportionate progress" (1996): turn j of a data set with the share w
 * has to fall on a sample from ⌊j / w⌋ to ⌈(j + 1) / w⌉ − 1, and taking the earliest deadline always
 * succeeds.
 */
export class Mixture {
  /** The shares that are kept, which sum to 1. */
  readonly shares: readonly number[];
  readonly #weights: readonly number[];
  /** Of each sample of the pattern: its data set, and how many earlier ones were of the same. */
  readonly #sources: Uint16Array;
  readonly #ranks: Uint32Array;

  /**
   * @param weights positive, of any sum: GPT-3's sum to 101 %.
   * @param seed decides between turns that are due at the same time.
   * @throws ConfigError for weights that are not positive, and for none or more than 65,535.
   */
  constructor(weights: readonly number[], seed: Seed) {
    if (weights.length === 0 || weights.length >= 2 ** 16) {
      const got = String(weights.length);
      throw new ConfigError({ what: 'the data sets', must: 'be 1 to 65,535', got });
    }
    this.#weights = wholeWeights(weights);
    const period = this.#weights.reduce((a, b) => a + b, 0);
    this.shares = this.#weights.map((weight) => weight / period);
    this.#sources = new Uint16Array(period);
    this.#ranks = new Uint32Array(period);
    this.#plan(new SeededRandom(seed).shuffle([...weights.keys()]));
  }

  /** The data set of a sample, and how many earlier samples came from the same one. */
  place(sample: number): { source: number; index: number } {
    const period = this.#sources.length;
    const at = sample % period;
    const source = this.#sources[at] as number;
    const perPeriod = this.#weights[source] as number;
    const index = Math.floor(sample / period) * perPeriod + (this.#ranks[at] as number);
    return { source, index };
  }

  /** How many of the first `numSamples` samples come from each data set. */
  counts(numSamples: number): number[] {
    const period = this.#sources.length;
    const numPeriods = Math.floor(numSamples / period);
    const counts = this.#weights.map((weight) => weight * numPeriods);
    for (const source of this.#sources.subarray(0, numSamples % period)) {
      counts[source] = (counts[source] as number) + 1;
    }
    return counts;
  }

  /** All in whole numbers, the largest of which is the period squared. */
  #plan(order: readonly number[]): void {
    const period = this.#sources.length;
    const counts = this.#weights.map(() => 0);
    for (let sample = 0; sample < period; sample++) {
      let [chosen, earliest] = [-1, Number.POSITIVE_INFINITY];
      for (const source of order) {
        const [weight, turn] = [this.#weights[source] as number, counts[source] as number];
        if (turn * period >= (sample + 1) * weight) continue;
        const deadline = Math.ceil(((turn + 1) * period) / weight);
        if (deadline < earliest) [chosen, earliest] = [source, deadline];
      }
      this.#sources[sample] = chosen;
      this.#ranks[sample] = counts[chosen] as number;
      counts[chosen] = (counts[chosen] as number) + 1;
    }
  }
}

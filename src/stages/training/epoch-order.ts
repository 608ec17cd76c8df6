import { deriveSeed, type Seed, SeededRandom } from '../../base/index.ts';

/**
 * The item of each sample: every epoch has all of them once, in an order of its own. A pure function
 * of the seed and the sample, so there is no state to save.
 *
 * @param what is ordered; names the stream of random numbers
 */
export function epochOrder<T>(
  items: readonly T[],
  seed: Seed,
  what: string,
): (sample: number) => T {
  let known = { epoch: -1, order: items };
  return (sample) => {
    const epoch = Math.floor(sample / items.length);
    if (epoch !== known.epoch) {
      const random = new SeededRandom(deriveSeed(seed, what, epoch));
      known = { epoch, order: random.shuffle(items) };
    }
    return known.order[sample % items.length] as T;
  };
}

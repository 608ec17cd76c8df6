import { ConfigError } from '../../base/index.ts';

/**
 * The interval of a rate that so many successes were seen for (Wilson 1927, “Probable inference, the
 * law of succession, and statistical inference”, eq. 4): unlike ± z·σ it stays within 0 and 1, and
 * says something at 0 of n too.
 *
 * @param z of the normal distribution; 1.96 gives 95 %
 * @throws ConfigError unless 0 ≤ successes ≤ trials
 */
export function wilsonInterval(successes: number, trials: number, z = 1.96): [number, number] {
  if (!(successes >= 0 && successes <= trials)) {
    const got = `${successes} of ${trials}`;
    throw new ConfigError({ what: 'successes', must: 'be from 0 to the number of trials', got });
  }
  if (trials === 0) return [0, 1];
  const rate = successes / trials;
  const spread = z ** 2 / trials;
  const centre = rate + spread / 2;
  const half = z * Math.sqrt((rate * (1 - rate)) / trials + spread / (4 * trials));
  const bound = (value: number) => Math.min(1, Math.max(0, value / (1 + spread)));
  return [bound(centre - half), bound(centre + half)];
}

/** Checks that several modules share. */
import { ConfigError } from '../base/index.ts';

/** @throws ConfigError unless every value is a positive whole number. */
export function checkCounts(owner: string, counts: Record<string, number>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new ConfigError({
      what: `${owner}.${name}`,
      must: 'be a positive whole number',
      got: String(value),
    });
  }
}

/** @throws ConfigError unless `value` is a multiple of `divisor`. */
export function checkDivides(
  [name, value]: [string, number],
  [divisorName, divisor]: [string, number],
): void {
  if (value % divisor === 0) return;
  const below = Math.floor(value / divisor) * divisor;
  const nearest = below === 0 ? `${divisor}` : `${below} and ${below + divisor}`;
  throw new ConfigError({
    what: name,
    must: `be divisible by ${divisorName} (${divisor})`,
    got: String(value),
    hint: `the nearest valid values are ${nearest}`,
  });
}

/** @throws ConfigError unless `value` is from 0 to below 1. */
export function checkProbability(name: string, value: number): void {
  if (value >= 0 && value < 1) return;
  throw new ConfigError({ what: name, must: 'be from 0 to below 1', got: String(value) });
}

/** @throws ConfigError unless positions `start` to `start + length - 1` lie in the context. */
export function checkPositions(start: number, length: number, contextLength: number): void {
  if (start >= 0 && start + length <= contextLength) return;
  throw new ConfigError({
    what: 'the positions of a sequence',
    must: `lie below contextLength (${contextLength})`,
    got: `${start} to ${start + length - 1}`,
  });
}

import { DamagedFileError } from '../errors.ts';

/** Text seldom shrinks to a tenth: what grows two hundred times is meant to fill somebody's memory. */
const maxGrowth = 200;
const growthCheckedFromBytes = 64 * 2 ** 20;

/**
 * Stops what unpacks without measure.
 *
 * @throws DamagedFileError when `numUnpacked` bytes came of `numPacked`, above 64 MiB and 200 times.
 */
export function checkGrowth(file: string, numUnpacked: number, numPacked: number): void {
  if (numUnpacked <= growthCheckedFromBytes || numUnpacked <= maxGrowth * numPacked) return;
  const got = `${numUnpacked} of ${numPacked}`;
  throw new DamagedFileError({ what: file, must: `grow at most ${maxGrowth} times`, got });
}

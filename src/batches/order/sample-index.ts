/** Which samples of the global batch a rank computes. */
import { ConfigError } from '../../base/index.ts';

/** One step's batch, and who asks. */
export interface RankBatch {
  step: number;
  /** Samples of a step, all ranks together. */
  globalBatchSize: number;
  rank: number;
  worldSize: number;
}

/** Consecutive samples of the global batch. */
export interface RankShare {
  firstSample: number;
  numSamples: number;
}

/**
 * The samples of one rank in one step. The ranks' ranges follow each other and together are the
 * global batch, whatever the world size; where it does not divide the batch, some ranks have one
 * sample more. With a batch size that changes, use `shareOf` with the samples consumed so far.
 *
 * @throws ConfigError for numbers out of range, and fewer samples than ranks.
 */
export function rankShare({ step, globalBatchSize, rank, worldSize }: RankBatch): RankShare {
  return shareOf(step * globalBatchSize, globalBatchSize, rank, worldSize);
}

/** As `rankShare`, for a global batch that starts at any sample. */
export function shareOf(
  firstSample: number,
  globalBatchSize: number,
  rank: number,
  worldSize: number,
): RankShare {
  check('worldSize', worldSize, 1, Number.MAX_SAFE_INTEGER);
  check('rank', rank, 0, worldSize - 1);
  check('globalBatchSize', globalBatchSize, worldSize, 2 ** 31);
  check('firstSample', firstSample, 0, Number.MAX_SAFE_INTEGER);
  const start = Math.floor((rank * globalBatchSize) / worldSize);
  const end = Math.floor(((rank + 1) * globalBatchSize) / worldSize);
  return { firstSample: firstSample + start, numSamples: end - start };
}

/**
 * The global index of the sample that is number `index` of a rank's share of a step.
 *
 * @throws ConfigError as `rankShare`, and when the share has no such sample.
 */
export function sampleIndex(batch: RankBatch, index: number): number {
  const { firstSample, numSamples } = rankShare(batch);
  check('index', index, 0, numSamples - 1);
  return firstSample + index;
}

function check(what: string, value: number, first: number, last: number): void {
  if (Number.isSafeInteger(value) && value >= first && value <= last) return;
  const must = `be a whole number from ${first} to ${last}`;
  throw new ConfigError({ what, must, got: String(value) });
}

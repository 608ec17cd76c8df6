/** Answers on their way through an update. */
import { deriveSeed, type Seed, SeededRandom } from '../../base/index.ts';
import { readsInOneRow } from '../../nn/index.ts';
import { answerBatch, answerRow, type PackedAnswers } from '../../rl/index.ts';
import type { Device } from '../../tensor/index.ts';

/** A prompt and the answer that the policy gave. */
export interface Episode {
  prompt: Uint32Array;
  /** Its end token included, where one came. */
  answer: readonly number[];
  /** Whether the answer ends with the token that ends a turn. */
  finished: boolean;
  /** log π of each token as the generation engine had it. */
  engineLogprobs: readonly number[];
}

/** Places of a rollout whose answers one step of the optimizer learns from, in parts for one pass each. */
export type Minibatch = readonly (readonly number[])[];

/**
 * Shares a rollout out: chance decides which answers a step has, and within a step answers of like
 * lengths share a pass, so that little of it is padding. The same passes measure the answers and learn
 * from them, which is why the ratios of the first step are exactly 1.
 *
 * @param stream of random numbers: another one for each rollout
 */
export function minibatchesOf(
  episodes: readonly Episode[],
  { minibatchSize, microBatchSize }: { minibatchSize: number; microBatchSize: number },
  seed: Seed,
  stream: number,
): Minibatch[] {
  const random = new SeededRandom(deriveSeed(seed, 'minibatches', stream));
  const lengthAt = (place: number) =>
    (episodes[place]?.prompt.length ?? 0) + (episodes[place]?.answer.length ?? 0);
  return chunked(random.shuffle([...episodes.keys()]), minibatchSize).map((places) =>
    chunked(
      places.sort((a, b) => lengthAt(a) - lengthAt(b) || a - b),
      microBatchSize,
    ),
  );
}

/** The answers at some places, as the models read them. Call it in a scope. */
export function batchOf(
  episodes: readonly Episode[],
  places: readonly number[],
  device: Device,
): PackedAnswers {
  const rows = places.map((place) => episodes[place] as Episode);
  return readsInOneRow(device) ? answerRow(rows) : answerBatch(rows, 0, device);
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

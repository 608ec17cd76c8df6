/** Counts of documents that shards make and add up. */
export { type Histogram, lengthBins, scoreBins } from './histogram.ts';
export type { ScoreTally } from './scores.ts';
export {
  countDropped,
  countKept,
  type DropStep,
  type DropTally,
  emptyTally,
  mergeTallies,
  numDropped,
  type Tally,
} from './tally.ts';
export { type Sample, sampleOf } from './text-samples.ts';

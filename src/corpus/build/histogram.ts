/** Counts of values in bins that every shard cuts alike, so that they can be added. */

/** Bin → count; a bin is named by its number as text, as JSON does. */
export type Histogram = Record<string, number>;

/** Bins that grow: four for every doubling. Zero has one of its own. */
export const lengthBins = {
  binOf: (value: number) => (value < 1 ? -1 : Math.floor(4 * Math.log2(value))),
  startOf: (bin: number) => (bin < 0 ? 0 : 2 ** (bin / 4)),
};

/** Fifty equal bins from 0 to 1. */
export const scoreBins = {
  binOf: (value: number) => Math.max(0, Math.min(49, Math.floor(value * 50))),
  startOf: (bin: number) => bin / 50,
};

export function addToHistogram(histogram: Histogram, bin: number): void {
  histogram[bin] = (histogram[bin] ?? 0) + 1;
}

/** The bins of both; changes neither. */
export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  const merged = { ...a };
  for (const [bin, count] of Object.entries(b)) merged[bin] = (merged[bin] ?? 0) + count;
  return merged;
}

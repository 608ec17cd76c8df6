/** Counts of values in bins that every shard cuts alike, so that they can be added. */

/** Bin → count; a bin is named by its number as text, as JSON does. */
export type Histogram = Record<string, number>;

/** Bins that grow: four for every doubling. Zero has one of its own. */
export const lengthBins = {
  binOf: (value: number) => (value < 1 ? -1 : Math.floor(4 * Math.log2(value))),
  startOf: (bin: number) => (bin < 0 ? 0 : 2 ** (bin / 4)),
};

/** Value by limit in powers of two, four bins for each, from a sixteenth to sixteen times. */
export const ratioBins = {
  binOf(value: unknown, limit: unknown): number | undefined {
    if (!Number.isFinite(value) || typeof limit !== 'number' || limit <= 0) return undefined;
    return Math.max(-16, Math.min(16, Math.round(4 * Math.log2((value as number) / limit))));
  },
};

/** Scores from 0 to 1 in twenty bins, others as lengths. */
export const scoreBins = {
  binOf(name: string, score: number): number | undefined {
    if (!Number.isFinite(score)) return undefined;
    if (name !== 'quality') return lengthBins.binOf(score);
    return Math.max(0, Math.min(19, Math.floor(20 * score)));
  },
  startOf: (name: string, bin: number) => (name === 'quality' ? bin / 20 : lengthBins.startOf(bin)),
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

/** What is counted of documents: by one shard, by a source, by a whole version. */
import type { Document, Drop } from '../document.ts';
import type { Amount } from '../version/version-manifest.ts';
import {
  addToHistogram,
  type Histogram,
  lengthBins,
  mergeHistograms,
  ratioBins,
} from './histogram.ts';
import { field, mergeRecords, setField } from './records.ts';
import { addScores, mergeScores, type ScoreTally } from './scores.ts';
import { mergeSamples, type Sample, sampleOf } from './text-samples.ts';

/** Where on its way a document was dropped. */
export type DropStep = 'read' | 'filter' | 'duplicate' | 'check';

/** What one reason has dropped. */
export interface DropTally {
  step: DropStep;
  numDocuments: number;
  /** Value by limit, by `ratioBins`: how far beyond the limit documents were. */
  ratios: Histogram;
  /** The limit that was passed, where all documents met the same. */
  limit?: number | string;
  /** Of `sampleOf`; texts that could not be read have none. */
  samples: readonly Sample[];
}

/** Everything that the manifest and the report say of a source can be added up from these. */
export interface Tally {
  numRead: number;
  kept: Amount;
  dropped: Record<string, DropTally>;
  /** By `lengthBins`, in characters. */
  keptLengths: Histogram;
  droppedLengths: Histogram;
  languages: Record<string, Amount>;
  licences: Record<string, Amount>;
  numTokens: number;
  /** By the name of a score: those of kept documents, and those that decided to drop one. */
  scores: Record<string, ScoreTally>;
  /** Kept documents that lost repeated lines, and the bytes of these. */
  cut: Amount;
  samples: readonly Sample[];
}

export function emptyTally(): Tally {
  return {
    ...{ numRead: 0, numTokens: 0, kept: { numDocuments: 0, textBytes: 0 } },
    ...{ dropped: {}, keptLengths: {}, droppedLengths: {} },
    ...{ languages: {}, licences: {}, scores: {}, samples: [] },
    cut: { numDocuments: 0, textBytes: 0 },
  };
}

export function countKept(tally: Tally, document: Document, numTokens = 0): void {
  const { id, text, language = 'unknown', licence = 'unknown', cutBytes } = document;
  const amount = { numDocuments: 1, textBytes: Buffer.byteLength(text) };
  tally.kept = addAmounts(tally.kept, amount);
  tally.numTokens += numTokens;
  addToHistogram(tally.keptLengths, lengthBins.binOf(text.length));
  addScores(tally.scores, 'kept', document.scores);
  if (cutBytes !== undefined) {
    tally.cut = addAmounts(tally.cut, { numDocuments: 1, textBytes: cutBytes });
  }
  addAmountTo(tally.languages, language, amount);
  addAmountTo(tally.licences, licence, amount);
  tally.samples = mergeSamples(tally.samples, [sampleOf(id, text)]);
}

/** A document that was dropped; its text as far as it could be read. */
export interface DroppedDocument {
  id: string;
  step: DropStep;
  drop: Drop;
  text?: string | undefined;
}

export function countDropped(tally: Tally, { id, step, drop, text }: DroppedDocument): void {
  const { reason, limit, value } = drop;
  const bin = ratioBins.binOf(value, limit);
  const found: DropTally = {
    ...{ step, numDocuments: 1, ratios: bin === undefined ? {} : { [bin]: 1 } },
    ...(limit !== undefined && { limit }),
    samples: text === undefined ? [] : [sampleOf(id, text, value)],
  };
  const known = field(tally.dropped, reason);
  setField(tally.dropped, reason, known === undefined ? found : mergeDrops(known, found));
  addScores(tally.scores, 'dropped', drop.scores);
  if (text !== undefined) addToHistogram(tally.droppedLengths, lengthBins.binOf(text.length));
}

/** Changes neither; the order does not matter. */
export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    numRead: a.numRead + b.numRead,
    numTokens: a.numTokens + b.numTokens,
    kept: addAmounts(a.kept, b.kept),
    dropped: mergeRecords(a.dropped, b.dropped, mergeDrops),
    keptLengths: mergeHistograms(a.keptLengths, b.keptLengths),
    droppedLengths: mergeHistograms(a.droppedLengths, b.droppedLengths),
    languages: mergeRecords(a.languages, b.languages, addAmounts),
    licences: mergeRecords(a.licences, b.licences, addAmounts),
    scores: mergeRecords(a.scores, b.scores, mergeScores),
    cut: addAmounts(a.cut, b.cut),
    samples: mergeSamples(a.samples, b.samples),
  };
}

function addAmounts(a: Amount, b: Amount): Amount {
  return {
    numDocuments: a.numDocuments + b.numDocuments,
    textBytes: a.textBytes + b.textBytes,
  };
}

export function numDropped({ dropped }: Pick<Tally, 'dropped'>): number {
  return Object.values(dropped).reduce((sum, { numDocuments }) => sum + numDocuments, 0);
}

function mergeDrops(a: DropTally, b: DropTally): DropTally {
  return {
    step: a.step,
    numDocuments: a.numDocuments + b.numDocuments,
    ratios: mergeHistograms(a.ratios, b.ratios),
    ...(a.limit !== undefined && a.limit === b.limit && { limit: a.limit }),
    samples: mergeSamples(a.samples, b.samples),
  };
}

function addAmountTo(amounts: Record<string, Amount>, name: string, amount: Amount): void {
  const known = field(amounts, name);
  setField(amounts, name, known === undefined ? amount : addAmounts(known, amount));
}

/** The law that no document is lost: read = kept + rejected by named reason. */
import { AthanorError } from '../../base/index.ts';
import { numDropped } from '../tally/index.ts';
import type { CleanedShard } from './clean-output.ts';
import type { WrittenShard } from './write-shard.ts';

/** What the steps on one shard say. */
export interface ShardCounts {
  cleaned: CleanedShard;
  /** Where repeated lines were cut out. */
  cut: CleanedShard | undefined;
  written: WrittenShard;
}

/**
 * Compares what readers, filters and writers of one shard have counted, each for itself.
 * @throws AthanorError for a shard that lost or invented a document.
 */
export function checkConservation(shard: string, { cleaned, cut, written }: ShardCounts): void {
  const { documents, numDropped: numLast, tally: last } = written;
  const equations: Record<string, readonly [number, number]> = {
    'records read': [cleaned.tally.numRead, cleaned.numKept + cleaned.numDropped],
    'reasons counted': [numDropped(cleaned.tally), cleaned.numDropped],
    ...(cut !== undefined && {
      'documents to cut': [cleaned.numKept, cut.numKept + cut.numDropped],
      'reasons of the cut': [numDropped(cut.tally), cut.numDropped],
    }),
    'documents cleaned': [(cut ?? cleaned).numKept, documents.numLines + numLast],
    'last reasons counted': [numDropped(last), numLast],
    'documents written': [last.kept.numDocuments, documents.numLines],
  };
  for (const [what, [left, right]] of Object.entries(equations)) {
    if (left === right) continue;
    throw new AthanorError({
      what: `shard ${shard}: ${what}`,
      must: 'equal kept + rejected by named reason',
      got: `${left} against ${right}`,
      hint: 'remove the work folder of this version and build again; a repetition is a bug',
    });
  }
}

/** The law that no document is lost: read = kept + rejected by named reason. */
import { AthanorError } from '../../base/index.ts';
import { numDropped } from '../tally/index.ts';
import type { CleanedShard } from './clean-output.ts';
import type { WrittenShard } from './write-shard.ts';

/**
 * Compares what readers, filters and writers of one shard have counted, each for itself.
 * @throws AthanorError for a shard that lost or invented a document.
 */
export function checkConservation(
  shard: string,
  cleaned: CleanedShard,
  written: WrittenShard,
): void {
  const { numKept, tally } = cleaned;
  const { documents, numDuplicates, tally: last } = written;
  const equations = {
    'records read': [tally.numRead, numKept + cleaned.numDropped],
    'reasons counted': [numDropped(tally), cleaned.numDropped],
    'documents cleaned': [numKept, documents.numLines + numDuplicates],
    'duplicates counted': [numDropped(last), numDuplicates],
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

import { expect, test } from 'vitest';
import { AthanorError } from '../../base/index.ts';
import { countDropped, countKept, emptyTally } from '../tally/index.ts';
import { checkConservation, type ShardCounts } from './conservation.ts';

const document = { source: 's', file: 'f', id: 'a', text: 'text', kind: 'text' } as const;

/** Of ten records two are dropped by each step, and four are left. */
function wholeCounts(): ShardCounts {
  const [first, second, last] = [emptyTally(), emptyTally(), emptyTally()];
  first.numRead = 10;
  for (const tally of [first, second, last]) {
    for (const reason of ['one', 'other']) {
      countDropped(tally, { id: 'a', step: 'filter', drop: { reason } });
    }
  }
  for (let i = 0; i < 4; i++) countKept(last, document);
  const documents = { numLines: 4, contentSha256: '', sha256: '', sizeBytes: 0 };
  return {
    cleaned: { numKept: 8, numDropped: 2, tally: first },
    cut: { numKept: 6, numDropped: 2, tally: second },
    written: { documents, numDropped: 2, tally: last },
  };
}

test('a shard in which nothing is lost passes, with repeated lines cut out and without', () => {
  expect(() => checkConservation('s/0', wholeCounts())).not.toThrow();
  const counts = wholeCounts();
  counts.cleaned = { ...counts.cleaned, numKept: 6, numDropped: 4 };
  countDropped(counts.cleaned.tally, { id: 'b', step: 'read', drop: { reason: 'one' } });
  countDropped(counts.cleaned.tally, { id: 'c', step: 'read', drop: { reason: 'two' } });
  expect(() => checkConservation('s/0', { ...counts, cut: undefined })).not.toThrow();
});

const changes: Record<string, (counts: ShardCounts) => void> = {
  'a record that was read': ({ cleaned }) => cleaned.tally.numRead++,
  'a document that was cleaned': ({ cleaned }) => cleaned.numKept--,
  'a line of drops': ({ cleaned }) => cleaned.numDropped++,
  'a reason of the first step': ({ cleaned }) => {
    countDropped(cleaned.tally, { id: 'b', step: 'read', drop: { reason: 'third' } });
  },
  'a document that was cut': ({ cut }) => cut && cut.numKept--,
  'a line of drops of the cut': ({ cut }) => cut && cut.numDropped--,
  'a reason of the cut': ({ cut }) => {
    countDropped((cut as NonNullable<typeof cut>).tally, {
      ...{ id: 'b', step: 'check' },
      drop: { reason: 'one' },
    });
  },
  'a document that was written': ({ written }) => written.documents.numLines--,
  'a document that was counted': ({ written }) => countKept(written.tally, document),
  'a last drop': ({ written }) => written.numDropped++,
  'a last reason': ({ written }) => {
    countDropped(written.tally, { id: 'b', step: 'duplicate', drop: { reason: 'one' } });
  },
};

test.each(Object.entries(changes))('%s too many or too few ends the build', (_, change) => {
  const counts = wholeCounts();
  change(counts);
  expect(() => checkConservation('s/0', counts)).toThrow(AthanorError);
  expect(() => checkConservation('s/0', counts)).toThrow(/^shard s\/0: .* \d+ against \d+/);
});

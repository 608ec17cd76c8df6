/**
 * Lines that many documents have: menus, licences, the name of the site. Repeated lines were first counted
 * and cut out of whole crawls by CCNet (Wenzek et al. 2020, 3.1). In passes over files of hashes, so memory
 * is bounded; the texts are read only to cut.
 */
import type { Filter } from '../document.ts';
import { readHashes } from './hash-file.ts';
import { KeySort } from './key-sort.ts';
import { blocksOf } from './text-blocks.ts';

export interface RepeatedLineRules {
  /** What is compared: lines, or paragraphs, which stand between blank lines. */
  readonly unit: 'line' | 'paragraph';
  /** A line is cut out of all documents when more than so many have it. */
  readonly maxDocuments: number;
  /** Shorter ones may well be repeated: words, or characters of Chinese. */
  readonly minUnits: number;
}

export const repeatedLineDefaults: RepeatedLineRules = {
  unit: 'line',
  maxDocuments: 10,
  minUnits: 4,
};

/** The hash of each different line of a text, 8 bytes each: to be appended to a file of hashes. */
export function lineHashesOf(text: string, rules: RepeatedLineRules): Uint8Array {
  const hashes = new Set(
    blocksOf(text, rules.unit)
      .filter(({ numUnits }) => numUnits >= rules.minUnits)
      .map(({ hash }) => hash),
  );
  return Buffer.concat([...hashes].map((hash) => Buffer.from(hash, 'latin1')));
}

/** The hashes that more than `maxDocuments` documents have, in order; from files of `lineHashesOf`. */
export function findRepeatedLines(
  files: readonly string[],
  { maxDocuments }: RepeatedLineRules,
): Uint8Array {
  const found: Buffer[] = [];
  const counts = countByFirstByte(files);
  for (let first = 0; first < 256; ) {
    let [end, total] = [first, 0];
    do total += counts[end++] as number;
    while (end < 256 && total + (counts[end] as number) <= maxSorted);
    found.push(...repeatedBetween(files, first, end, total, maxDocuments));
    first = end;
  }
  return Buffer.concat(found);
}

/** The hashes of several answers of `findRepeatedLines`, each once and in order. */
export function mergeHashes(lists: readonly Uint8Array[]): Uint8Array {
  const hashes = new Set(lists.flatMap(hashesIn));
  return Buffer.from([...hashes].sort().join(''), 'latin1');
}

function hashesIn(list: Uint8Array): string[] {
  const bytes = Buffer.from(list);
  const length = bytes.length / 8;
  return Array.from({ length }, (_, i) => bytes.toString('latin1', 8 * i, 8 * i + 8));
}

/** Cuts lines out that are repeated, by the answer of `findRepeatedLines`; drops what has no others. */
export function repeatedLineFilter(repeated: Uint8Array, rules: RepeatedLineRules): Filter {
  const unwanted = new Set(hashesIn(repeated));
  return {
    name: 'repeated-lines',
    judge(document) {
      const blocks = blocksOf(document.text, rules.unit);
      const kept = blocks.filter(
        ({ hash, numUnits }) => numUnits < rules.minUnits || !unwanted.has(hash),
      );
      if (kept.length === blocks.length) return { document };
      if (kept.length === 0) {
        const { maxDocuments: limit } = rules;
        return { drop: { reason: 'repeated lines: nothing else', value: blocks.length, limit } };
      }
      const text = kept.map(({ start, end, separator }, i) => {
        return (i === 0 ? '' : separator) + document.text.slice(start, end);
      });
      return { document: { ...document, text: text.join('') } };
    },
  };
}

/** Hashes that are sorted at once, at 12 bytes each. */
const maxSorted = 2 ** 24;

function countByFirstByte(files: readonly string[]): Float64Array {
  const counts = new Float64Array(256);
  readHashes(files, (high) => {
    counts[high >>> 24] = (counts[high >>> 24] as number) + 1;
  });
  return counts;
}

/** Of the hashes with a first byte in a range, those that come often. */
function repeatedBetween(
  files: readonly string[],
  first: number,
  end: number,
  total: number,
  maxDocuments: number,
): Buffer[] {
  const keys = new KeySort(total);
  let filled = 0;
  readHashes(files, (high, low) => {
    if (high >>> 24 < first || high >>> 24 >= end) return;
    keys.high[filled] = high;
    keys.low[filled++] = low;
  });
  keys.sort();
  const found: Buffer[] = [];
  keys.forEachGroup((start, stop) => {
    if (stop - start <= maxDocuments) return;
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32BE(keys.high[start] as number, 0);
    bytes.writeUInt32BE(keys.low[start] as number, 4);
    found.push(bytes);
  });
  return found;
}

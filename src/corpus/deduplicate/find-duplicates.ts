import { CandidateCheck } from './candidates.ts';
import { KeySort } from './key-sort.ts';
import { numBands, rowsPerBand } from './minhash.ts';
import { minHashStart, signatureBytes } from './signature.ts';
import { type SignatureFile, SignatureFiles } from './signature-files.ts';
import { UnionFind } from './union-find.ts';

export interface DuplicateRules {
  /** Least Jaccard similarity of 5-grams, as the MinHashes show it, of two near duplicates. */
  readonly minSimilarity: number;
}

export const duplicateDefaults: DuplicateRules = { minSimilarity: 0.7 };

/** Which documents repeat others. A document has one index over all files, in their order. */
export interface Duplicates {
  readonly numDocuments: number;
  /** For each document the one that survives of its cluster: itself, if it is kept. */
  readonly survivorOf: Uint32Array;
}

/**
 * Finds exact duplicates by their content, and near ones by MinHash and locality-sensitive hashing
 * (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", 3.4) with the 14 bands of 8 rows of
 * FineWeb: a pair of similarity s shares a band with the probability 1 − (1 − s⁸)¹⁴, and is then
 * compared by all its rows. Pairs that pass are clusters; of each, the document of the oldest
 * generation survives, then the one with the least hash of content, then of id.
 *
 * The answer depends on the signatures as a set: not on the order of files, nor on who wrote them.
 * Reads the files once for each band, and holds 16 bytes a document.
 *
 * @throws FileError when a file cannot be read or is broken.
 */
export function findDuplicates(
  signatureFiles: readonly SignatureFile[],
  rules: DuplicateRules = duplicateDefaults,
): Duplicates {
  const files = new SignatureFiles(signatureFiles);
  try {
    const sets = new UnionFind(files.numDocuments);
    uniteDuplicates(files, sets, rules);
    return { numDocuments: files.numDocuments, survivorOf: chooseSurvivors(files, sets) };
  } finally {
    files.close();
  }
}

function uniteDuplicates(files: SignatureFiles, sets: UnionFind, rules: DuplicateRules): void {
  const keys = new KeySort(files.numDocuments);
  const sortBy = (column: number) => {
    files.forEach((block, offset, index) => {
      keys.high[index] = block.readUInt32BE(offset + column);
      keys.low[index] = block.readUInt32BE(offset + column + 4);
      keys.documents[index] = index;
    });
    keys.sort();
  };
  sortBy(0);
  keys.forEachGroup((start, end) => {
    for (let at = start + 1; at < end; at++) {
      sets.union(keys.documents[start] as number, keys.documents[at] as number);
    }
  });
  const candidates = new CandidateCheck(files, sets, rules.minSimilarity);
  for (let band = 0; band < numBands; band++) {
    sortBy(minHashStart + band * rowsPerBand);
    keys.forEachGroup((start, end) => candidates.check(keys.documents.subarray(start, end)));
  }
}

/** Overwrites the sets with the survivors of their members. */
function chooseSurvivors(files: SignatureFiles, sets: UnionFind): Uint32Array {
  sets.flatten();
  const { parents } = sets;
  const best = parents.slice();
  const champion = Buffer.alloc(signatureBytes);
  files.forEach((block, offset, index) => {
    const root = parents[index] as number;
    const current = best[root] as number;
    if (current === index) return;
    files.read(current, champion);
    const age = files.generationOf(index) - files.generationOf(current);
    const order = age || block.compare(champion, 0, 16, offset, offset + 16);
    if (order < 0) best[root] = index;
  });
  for (let at = 0; at < parents.length; at++) parents[at] = best[parents[at] as number] as number;
  return parents;
}

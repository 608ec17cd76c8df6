/**
 * The second step, over all shards and all ancestors at once: which documents repeat which. What an
 * ancestor holds always stays; among new documents the survivors do not depend on the order of work.
 */
import { join } from 'node:path';
import { writeFileAtomic } from '../../base/index.ts';
import {
  type DuplicateRules,
  type Duplicates,
  dropOfDuplicate,
  findDuplicates,
  SignatureFiles,
  signatureBytes,
} from '../deduplicate/index.ts';
import type { Drop } from '../document.ts';
import type { SignedDocuments } from '../version/version-files.ts';
import { showClusters } from './clusters.ts';
import { IdFile } from './id-file.ts';
import { LinesWriter } from './lines-writer.ts';

/** One line of a file of duplicates. */
export interface Duplicate {
  /** The document's place in its shard. */
  index: number;
  /** The id of the document that is kept in its place. */
  duplicateOf: string;
  drop: Drop;
}

export const clustersFile = 'clusters.json';

/** `web/0-of-1` → the file of its duplicates */
export function duplicatesFile(key: string): string {
  return `${key.replace('/', '.')}.jsonl.gz`;
}

/** @param parts documents with a generation of 0 are those of ancestors */
export async function deduplicateShards(
  folder: string,
  parts: readonly SignedDocuments[],
  rules: DuplicateRules,
): Promise<void> {
  const signed = parts.map(({ signatures, key }) => ({
    path: signatures,
    generation: key === undefined ? 0 : 1,
  }));
  const duplicates = findDuplicates(signed, rules);
  using lookup = new Lookup(parts, new SignatureFiles(signed));
  let start = 0;
  for (const { key, numDocuments } of parts) {
    if (key !== undefined) {
      const range = { start, end: start + numDocuments };
      writeDuplicates(join(folder, duplicatesFile(key)), duplicates, range, lookup, rules);
    }
    start += numDocuments;
  }
  const clusters = await showClusters(duplicates, lookup);
  writeFileAtomic(join(folder, clustersFile), JSON.stringify(clusters));
}

function writeDuplicates(
  path: string,
  { survivorOf }: Duplicates,
  { start, end }: { start: number; end: number },
  lookup: Lookup,
  { minSimilarity }: DuplicateRules,
): void {
  const lines = new LinesWriter(path, 1);
  const [own, other] = [new Uint8Array(signatureBytes), new Uint8Array(signatureBytes)];
  try {
    for (let document = start; document < end; document++) {
      const survivor = survivorOf[document] as number;
      if (survivor === document) continue;
      lookup.signatures.read(document, own);
      lookup.signatures.read(survivor, other);
      const drop = dropOfDuplicate(own, other, minSimilarity);
      const duplicateOf = lookup.idOf(survivor);
      lines.write({ index: document - start, duplicateOf, drop } satisfies Duplicate);
    }
    lines.close();
  } finally {
    lines.abandon();
  }
}

/** What is known of a document by its index over all parts. */
export class Lookup implements Disposable {
  readonly signatures: SignatureFiles;
  readonly #parts: readonly SignedDocuments[];
  #open: { part: number; file: IdFile } | undefined;

  constructor(parts: readonly SignedDocuments[], signatures: SignatureFiles) {
    this.#parts = parts;
    this.signatures = signatures;
  }

  idOf(document: number): string {
    const { file: part, record } = this.signatures.locate(document);
    if (this.#open?.part !== part) {
      this.#open?.file[Symbol.dispose]();
      this.#open = { part, file: new IdFile((this.#parts[part] as SignedDocuments).ids) };
    }
    return this.#open.file.idAt(record);
  }

  /** The file of documents and the line, from 0. */
  placeOf(document: number): { path: string; index: number } {
    const { file, record } = this.signatures.locate(document);
    return { path: (this.#parts[file] as SignedDocuments).documents, index: record };
  }

  [Symbol.dispose](): void {
    this.#open?.file[Symbol.dispose]();
    this.signatures.close();
  }
}

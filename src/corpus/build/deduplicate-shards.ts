/**
 * The second step, over all shards and all ancestors at once: which documents repeat which. What an
 * ancestor holds always stays; among new documents the survivors do not depend on the order of work.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { SignedDocuments } from '../version/version-files.ts';
import { type Cluster, largestClusters } from './clusters.ts';
import { IdFile } from './id-file.ts';
import { LinesWriter } from './lines-writer.ts';
import type { DeduplicateConfig } from './parts.ts';
import { findSurvivors } from './parts.ts';

/** One line of a file of duplicates. */
export interface Duplicate {
  /** The document's place in its shard. */
  index: number;
  survivor: string;
}

export const clustersFile = 'clusters.json';

/** `web/0-of-1` → the file of its duplicates */
export function duplicatesFile(key: string): string {
  return `${key.replace('/', '.')}.jsonl.gz`;
}

/** @param parts ancestors first */
export async function deduplicateShards(
  folder: string,
  parts: readonly SignedDocuments[],
  config: DeduplicateConfig,
): Promise<void> {
  const numOld = sum(parts.filter(({ key }) => key === undefined));
  const files = parts.map(({ signatures }) => signatures);
  const survivorOf = await findSurvivors(files, sum(parts), numOld, config);
  const places = new Places(parts);
  let start = 0;
  for (const { key, numDocuments } of parts) {
    if (key !== undefined) {
      writeDuplicates(join(folder, duplicatesFile(key)), survivorOf, start, numDocuments, places);
    }
    start += numDocuments;
  }
  const clusters: Cluster[] = await largestClusters(survivorOf, places);
  fs.writeFileSync(join(folder, clustersFile), JSON.stringify(clusters));
}

function writeDuplicates(
  path: string,
  survivorOf: Uint32Array,
  start: number,
  numDocuments: number,
  places: Places,
): void {
  const lines = new LinesWriter(path, 1);
  try {
    for (let index = 0; index < numDocuments; index++) {
      const survivor = survivorOf[start + index] as number;
      if (survivor === start + index) continue;
      lines.write({ index, survivor: places.idOf(survivor) } satisfies Duplicate);
    }
    lines.close();
  } finally {
    lines.abandon();
  }
}

/** Finds documents by their number over all parts. */
export class Places {
  readonly #parts: readonly SignedDocuments[];
  readonly #starts: number[] = [];
  #open: { part: number; file: IdFile } | undefined;

  constructor(parts: readonly SignedDocuments[]) {
    this.#parts = parts;
    let start = 0;
    for (const { numDocuments } of parts) {
      this.#starts.push(start);
      start += numDocuments;
    }
  }

  /** The file of documents and the line, from 0. */
  placeOf(document: number): { documents: string; index: number } {
    const part = this.#partOf(document);
    const { documents } = this.#parts[part] as SignedDocuments;
    return { documents, index: document - (this.#starts[part] as number) };
  }

  idOf(document: number): string {
    const part = this.#partOf(document);
    if (this.#open?.part !== part) {
      this.#open?.file[Symbol.dispose]();
      this.#open = { part, file: new IdFile((this.#parts[part] as SignedDocuments).ids) };
    }
    return this.#open.file.idAt(document - (this.#starts[part] as number));
  }

  #partOf(document: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] as number) <= document) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function sum(parts: readonly SignedDocuments[]): number {
  return parts.reduce((total, { numDocuments }) => total + numDocuments, 0);
}

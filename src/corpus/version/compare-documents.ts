import { createHash } from 'node:crypto';
import { readJsonLines } from '../../base/index.ts';
import { lineOf } from './ancestors.ts';
import type { CorpusStore } from './corpus-store.ts';
import type { StoredVersion } from './read-version.ts';
import { verifyFiles } from './verify-files.ts';
import { documentFilesOf } from './version-files.ts';

/** Documents that only one of two versions holds. */
export interface DocumentDifference {
  numBoth: number;
  numOnlyBefore: number;
  numOnlyAfter: number;
  /** Ids of the first of them. */
  onlyBefore: readonly string[];
  onlyAfter: readonly string[];
}

const maxIds = 5;

/**
 * Compares the documents of two versions with all that they stand on, by id and text. Needs some 50
 * bytes for each document of the first.
 */
export async function compareDocuments(
  before: StoredVersion,
  after: StoredVersion,
  store: CorpusStore,
): Promise<DocumentDifference> {
  for (const version of new Set([...lineOf(before, store), ...lineOf(after, store)])) {
    await verifyFiles(version, ['documents']);
  }
  const old = new Set<bigint>();
  await eachDocument(before, store, (_, key) => old.add(key));
  const onlyAfter: string[] = [];
  const both = new Set<bigint>();
  let numOnlyAfter = 0;
  await eachDocument(after, store, (id, key) => {
    if (old.has(key)) both.add(key);
    else if (++numOnlyAfter <= maxIds) onlyAfter.push(id);
  });
  const onlyBefore: string[] = [];
  await eachDocument(before, store, (id, key) => {
    if (!both.has(key) && onlyBefore.length < maxIds) onlyBefore.push(id);
  });
  const numOnlyBefore = old.size - both.size;
  return { numBoth: both.size, numOnlyBefore, numOnlyAfter, onlyBefore, onlyAfter };
}

async function eachDocument(
  version: StoredVersion,
  store: CorpusStore,
  visit: (id: string, key: bigint) => void,
): Promise<void> {
  for (const holder of lineOf(version, store)) {
    for (const path of Object.values(documentFilesOf(holder)).flat()) {
      for await (const line of readJsonLines(path)) {
        if ('rejected' in line) continue;
        const { id, text } = line.value as { id: string; text: string };
        const digest = createHash('sha256').update(`${id}\0${text}`).digest();
        visit(id, digest.readBigUInt64LE(0));
      }
    }
  }
}

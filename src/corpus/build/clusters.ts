/** The largest groups of documents that repeat each other, with their texts. */
import { readJsonLines } from '../../base/index.ts';
import { type Duplicates, largestClusters } from '../deduplicate/index.ts';
import { type Sample, sampleOf } from '../tally/index.ts';
import type { Lookup } from './deduplicate-shards.ts';

export interface ShownCluster {
  /** Documents, the survivor among them. */
  size: number;
  /** The survivor first, then some of those that it stands for. */
  members: readonly Sample[];
}

const maxClusters = 12;
const maxDuplicates = 3;

export async function showClusters(
  duplicates: Duplicates,
  lookup: Lookup,
): Promise<ShownCluster[]> {
  const clusters = largestClusters(duplicates, maxClusters, maxDuplicates);
  const membersOf = (cluster: (typeof clusters)[number]) => [
    cluster.survivor,
    ...cluster.duplicates,
  ];
  const texts = await textsAt(clusters.flatMap(membersOf), lookup);
  return clusters.map((cluster) => ({
    size: cluster.size,
    members: membersOf(cluster).map((document) =>
      sampleOf(lookup.idOf(document), texts.get(document) ?? ''),
    ),
  }));
}

/** Reads each file that holds one of them once, to the last that is wanted of it. */
async function textsAt(documents: readonly number[], lookup: Lookup): Promise<Map<number, string>> {
  const byFile = new Map<string, Map<number, number>>();
  for (const document of documents) {
    const { path, index } = lookup.placeOf(document);
    byFile.set(path, (byFile.get(path) ?? new Map()).set(index, document));
  }
  const texts = new Map<number, string>();
  for (const [path, wanted] of byFile) {
    const last = Math.max(...wanted.keys());
    let index = 0;
    for await (const line of readJsonLines(path)) {
      const document = wanted.get(index);
      const text = 'value' in line ? line.value.text : undefined;
      if (document !== undefined && typeof text === 'string') texts.set(document, text);
      if (index++ >= last) break;
    }
  }
  return texts;
}

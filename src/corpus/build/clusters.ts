/** The largest groups of documents that repeat each other. */
import { readJsonLines } from '../../base/index.ts';
import type { Places } from './deduplicate-shards.ts';
import { type Sample, sampleOf } from './text-samples.ts';

export interface Cluster {
  /** Documents, the survivor among them. */
  size: number;
  /** The survivor first, then some of those that it stands for. */
  members: readonly Sample[];
}

const maxClusters = 12;
const maxMembers = 4;

/** @param survivorOf document → the document that is kept in its place, or itself */
export async function largestClusters(survivorOf: Uint32Array, places: Places): Promise<Cluster[]> {
  const members = membersOf(survivorOf, largestSurvivors(survivorOf));
  const wanted = [...members.values()].flatMap(({ shown }) => shown);
  const texts = await textsAt(wanted, places);
  return [...members.values()].map(({ size, shown }) => ({
    size,
    members: shown.map((document) => sampleOf(places.idOf(document), texts.get(document) ?? '')),
  }));
}

/** Survivors of most documents, the largest first. */
function largestSurvivors(survivorOf: Uint32Array): number[] {
  const sizes = new Uint32Array(survivorOf.length);
  for (const survivor of survivorOf) sizes[survivor] = (sizes[survivor] as number) + 1;
  const top: number[] = [];
  const sizeOf = (document: number | undefined) =>
    document === undefined ? 1 : (sizes[document] as number);
  for (let document = 0; document < sizes.length; document++) {
    if (sizeOf(document) <= (top.length < maxClusters ? 1 : sizeOf(top.at(-1)))) continue;
    top.push(document);
    top.sort((a, b) => sizeOf(b) - sizeOf(a) || a - b);
    top.length = Math.min(top.length, maxClusters);
  }
  return top;
}

function membersOf(
  survivorOf: Uint32Array,
  survivors: readonly number[],
): Map<number, { size: number; shown: number[] }> {
  const clusters = new Map(survivors.map((document) => [document, { size: 0, shown: [document] }]));
  for (const [document, survivor] of survivorOf.entries()) {
    const cluster = clusters.get(survivor);
    if (cluster === undefined) continue;
    cluster.size++;
    if (document !== survivor && cluster.shown.length < maxMembers) cluster.shown.push(document);
  }
  return clusters;
}

/** Reads each file that holds one of them once, to the last that is wanted of it. */
async function textsAt(documents: readonly number[], places: Places): Promise<Map<number, string>> {
  const byFile = new Map<string, Map<number, number>>();
  for (const document of documents) {
    const { documents: file, index } = places.placeOf(document);
    byFile.set(file, (byFile.get(file) ?? new Map()).set(index, document));
  }
  const texts = new Map<number, string>();
  for (const [file, wanted] of byFile) {
    const last = Math.max(...wanted.keys());
    let index = 0;
    for await (const line of readJsonLines(file)) {
      const document = wanted.get(index);
      const text = 'value' in line ? line.value['text'] : undefined;
      if (document !== undefined && typeof text === 'string') texts.set(document, text);
      if (index++ >= last) break;
    }
  }
  return texts;
}

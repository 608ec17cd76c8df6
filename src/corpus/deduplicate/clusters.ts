import type { Drop } from '../document.ts';
import type { Duplicates } from './find-duplicates.ts';
import { similarityOfMinHashes } from './minhash.ts';
import { minHashStart } from './signature.ts';

/** Documents that repeat each other, by their indices. */
export interface Cluster {
  readonly survivor: number;
  /** The others, in order; of a large cluster the first ones. */
  readonly duplicates: readonly number[];
  /** How many documents it has, the survivor among them. */
  readonly size: number;
}

/** The largest clusters, with at most `maxListed` duplicates each. */
export function largestClusters(
  { survivorOf }: Duplicates,
  count: number,
  maxListed = 10,
): Cluster[] {
  const sizes = new Uint32Array(survivorOf.length);
  for (const survivor of survivorOf) sizes[survivor] = (sizes[survivor] as number) + 1;
  const largest: number[] = [];
  for (let at = 0; at < sizes.length; at++) {
    if ((sizes[at] as number) < 2) continue;
    largest.push(at);
    if (largest.length >= 2 * count + 64) keepLargest(largest, sizes, count);
  }
  keepLargest(largest, sizes, count);
  const duplicates = new Map(largest.map((survivor) => [survivor, [] as number[]]));
  for (const [at, survivor] of survivorOf.entries()) {
    const listed = duplicates.get(survivor);
    if (listed !== undefined && at !== survivor && listed.length < maxListed) listed.push(at);
  }
  return largest.map((survivor) => ({
    survivor,
    duplicates: duplicates.get(survivor) ?? [],
    size: sizes[survivor] as number,
  }));
}

function keepLargest(survivors: number[], sizes: Uint32Array, count: number): void {
  survivors.sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
  survivors.length = Math.min(survivors.length, count);
}

/** Why a document is dropped for another, by both signatures: `value` is their similarity. */
export function dropOfDuplicate(
  signature: Uint8Array,
  survivor: Uint8Array,
  minSimilarity: number,
): Drop {
  const isExact = signature.subarray(0, 8).every((byte, i) => byte === survivor[i]);
  if (isExact) return { reason: 'duplicate: exact', value: 1, limit: 1 };
  const value = similarityOfMinHashes(
    signature.subarray(minHashStart),
    survivor.subarray(minHashStart),
  );
  return { reason: 'duplicate: near', value, limit: minSimilarity };
}

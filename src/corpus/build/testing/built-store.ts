/** Versions of small corpora, and what lies in them. */
import { expect } from 'vitest';
import { deriveSeed, readJsonLines } from '../../../base/index.ts';
import type { StoredVersion } from '../../version/index.ts';
import { documentFilesOf } from '../../version/index.ts';
import type { BuildConfig, BuildOptions, Scorer } from '../build-config.ts';
import { buildVersion } from '../build-version.ts';
import { optionsOf } from './small-store.ts';

/** Words that no other seed has. */
export function words(seed: string, numWords = 30): string {
  const all = Array.from({ length: numWords }, (_, i) => deriveSeed(1, seed, i).toString(36));
  return all.join(' ');
}

export async function buildIn(
  store: string,
  config: BuildConfig,
  changes: Partial<BuildOptions> = {},
): Promise<StoredVersion> {
  const version = await buildVersion(config, optionsOf(store, changes));
  if (version === undefined) throw new Error('it was not stopped');
  return version;
}

export async function linesOf(paths: readonly string[]): Promise<Record<string, unknown>[]> {
  const values: Record<string, unknown>[] = [];
  for (const path of paths) {
    for await (const line of readJsonLines(path)) if ('value' in line) values.push(line.value);
  }
  return values;
}

export function documentsOf(version: StoredVersion): Promise<Record<string, unknown>[]> {
  return linesOf(Object.values(documentFilesOf(version)).flat());
}

/** read = kept + rejected by named reason */
export function expectNothingLost({ manifest }: StoredVersion): void {
  for (const { numRead, numDocuments, dropped } of Object.values(manifest.sources)) {
    const numDropped = Object.values(dropped).reduce((sum, count) => sum + count, 0);
    expect(numRead).toBe(numDocuments + numDropped);
  }
}

/** Of n words the perplexity is n; remembers what it was asked. */
export function wordCounter(id = 'counter'): Scorer & { batches: string[][] } {
  const batches: string[][] = [];
  const perplexitiesOf = async (texts: readonly string[]) => {
    batches.push([...texts]);
    return texts.map((text) => text.split(' ').length);
  };
  return { id, batchSize: 2, batches, perplexitiesOf };
}

/** One large file of Parquet, read by its row groups, by several workers and in several runs. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import type { StoredVersion } from '../version/index.ts';
import type { BuildOptions } from './build-config.ts';
import { buildVersion } from './build-version.ts';
import { sectionBytes } from './sections.ts';
import {
  configOf,
  contentsOf,
  optionsOf,
  sourceOf,
  temporaryFolder,
} from './testing/small-store.ts';

const numRows = 6_144;

/** Three row groups, most of whose bytes are in a column that is not read. */
async function writeLarge(path: string): Promise<void> {
  const text = "CASE WHEN i % 600 = 0 THEN 'text number ' || i END AS text";
  const filler = "i || repeat('x', 17000) AS filler";
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (SELECT ${text}, ${filler} FROM range(${numRows}) t(i)) TO '${path}'
    (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
}

/** What says of each section that it is clean. */
function recordsIn(cleaned: string): string[] {
  if (!fs.existsSync(cleaned)) return [];
  const records = fs.readdirSync(cleaned).map((key) => join(cleaned, key, 'done.json'));
  return records.filter((path) => fs.existsSync(path));
}

test('two workers go on after a stop of one, with the bytes of one run', {
  timeout: 180_000,
}, async () => {
  const folder = temporaryFolder();
  const input = join(folder, 'large.parquet');
  await writeLarge(input);
  expect(fs.statSync(input).size).toBeGreaterThan(sectionBytes);
  const reader = { format: 'parquet', damagedFiles: 'keep-before' } as const;
  const config = configOf({ web: sourceOf(input, { reader }) });
  const build = (store: string, changes: Partial<BuildOptions> = {}) =>
    buildVersion(config, optionsOf(join(folder, store), changes));

  const { manifest, folder: one } = (await build('one')) as StoredVersion;
  const { web } = manifest.sources;
  expect(web).toMatchObject({ numRead: numRows, numDocuments: 11, inputs: { numFiles: 1 } });
  expect(web?.files).toHaveLength(2);

  const records = () => recordsIn(join(folder, 'stopped/.work/small/clean/web'));
  const stop = Object.defineProperty({ isRequested: false }, 'isRequested', {
    get: () => records().length > 0,
  });
  expect(await build('stopped', { stop })).toBeUndefined();
  expect(records()).toHaveLength(1);
  const [first = ''] = records();
  const before = fs.statSync(first).mtimeMs;
  const resumed = (await build('stopped', { numWorkers: 2 })) as StoredVersion;
  expect(contentsOf(resumed.folder)).toEqual(contentsOf(one));
  expect(fs.statSync(first).mtimeMs).toBe(before);
});

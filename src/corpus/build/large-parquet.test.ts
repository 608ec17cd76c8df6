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
  expect(manifest.sources.web).toMatchObject({ numRead: numRows, numDocuments: 11 });
  expect(manifest.sources.web?.inputs).toMatchObject({ numFiles: 1 });
  expect(manifest.sources.web?.files).toHaveLength(2);

  const cleaned = join(folder, 'stopped/.work/small/clean/web');
  const records = () =>
    fs.existsSync(cleaned)
      ? fs
          .readdirSync(cleaned)
          .map((key) => join(cleaned, key, 'done.json'))
          .filter(fs.existsSync)
      : [];
  const stop = {
    get isRequested() {
      return records().length > 0;
    },
  };
  expect(await build('stopped', { stop })).toBeUndefined();
  const [first, ...others] = records();
  expect(others).toEqual([]);
  const before = fs.statSync(first as string).mtimeMs;
  const resumed = (await build('stopped', { numWorkers: 2 })) as StoredVersion;
  expect(contentsOf(resumed.folder)).toEqual(contentsOf(one));
  expect(fs.statSync(first as string).mtimeMs).toBe(before);
});

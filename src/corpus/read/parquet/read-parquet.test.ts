/** Parquet written by DuckDB, whole, damaged and hostile (reliability B3, B4). */
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { count } from '../../../../tests/tier.ts';
import { SeededRandom } from '../../../base/index.ts';
import { readAll, temporaryFile } from '../testing/read-all.ts';

const format = 'parquet';

/** Writes what a query answers. */
async function parquet(query: string, options = ''): Promise<string> {
  const path = temporaryFile('a.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet ${options})`);
  connection.closeSync();
  return path;
}

const rows = "SELECT i || ' 春眠不觉晓' AS text, i AS id, NULL AS url FROM range(3000) t(i)";
const texts = Array.from({ length: 3_000 }, (_, i) => `${i} 春眠不觉晓`);

describe('Parquet', () => {
  it.each(['snappy', 'zstd'])('is read in order: %s', async (codec) => {
    const path = await parquet(rows, `, COMPRESSION ${codec}, ROW_GROUP_SIZE 2048`);
    expect(await readAll(path, { format, fields: { id: 'id', url: 'url' } })).toEqual(texts);
  });

  it('rejects rows between good ones, by their number', async () => {
    const bad = ['NULL', "''", "repeat('x', 9 << 20)"].map(
      (text) => `SELECT ${text} AS text, 0 AS k`,
    );
    const path = await parquet(
      ["SELECT 'a' AS text, 0 AS k", ...bad, "SELECT 'b', 0"].join(' UNION ALL '),
    );
    const rejected = ['[2: no text field]', '[3: empty text]', '[4: line too long]'];
    expect(await readAll(path, { format })).toEqual(['a', ...rejected, 'b']);
    const blobs =
      "SELECT 'a'::BLOB AS text UNION ALL SELECT '\\xFF'::BLOB UNION ALL SELECT 'b'::BLOB";
    expect(await readAll(await parquet(blobs), { format })).toEqual(['a', '[2: not UTF-8]', 'b']);
    const numbers = await parquet('SELECT 1 AS text');
    expect(await readAll(numbers, { format })).toEqual(['[1: text of the wrong type]']);
  });

  it('is rejected without its columns, its footer, its content', async () => {
    const damaged = ['[file: damaged file]'];
    expect(await readAll(await parquet('SELECT 1 AS a'), { format })).toEqual(damaged);
    const whole = readFileSync(await parquet(rows));
    expect(await readAll(temporaryFile('a.parquet'), { format })).toEqual(damaged);
    const headless = temporaryFile('a.parquet', whole.subarray(0, -8));
    expect(await readAll(headless, { format })).toEqual(damaged);
    expect(await readAll(temporaryFile('a.parquet', 'PAR1PAR1'), { format })).toEqual(damaged);
  });

  it('is rejected after any cut, and ends nothing but its parser after a flipped bit', async () => {
    const whole = readFileSync(await parquet(rows, ', COMPRESSION zstd'));
    const random = new SeededRandom(3);
    for (let i = 0; i < count({ test: 2, pr: 60, slow: 500 }); i++) {
      const cut = temporaryFile('a.parquet', whole.subarray(0, random.int(whole.length)));
      expect(await readAll(cut, { format })).toEqual(['[file: damaged file]']);
      const flipped = Buffer.from(whole);
      const at = random.int(whole.length);
      flipped[at] = (flipped[at] as number) ^ (1 << random.int(8));
      const path = temporaryFile('b.parquet', flipped);
      // Pages have no checksum, so a changed text cannot be told from a true one; a lost row can.
      const found = await readAll(path, { format });
      if (found[0] !== '[file: damaged file]') expect(found).toHaveLength(3_000);
    }
  });

  it('that grows without measure or takes too much of the machine is stopped', async () => {
    const large = "SELECT repeat('x', 1 << 20) AS text FROM range(200)";
    const bomb = await parquet(large, ', COMPRESSION zstd');
    expect(await readAll(bomb, { format })).toEqual(['[file: damaged file]']);
    const path = await parquet("SELECT repeat('x', 300 << 20) AS text");
    expect(await readAll(path, { format, damagedFiles: 'keep-before' })).toEqual([
      '[1: line too long]',
    ]);
    const limited = { format, parquetLimits: { memoryBytes: 2 ** 28, cpuSeconds: 60 } } as const;
    expect(await readAll(path, limited)).toEqual(['[file: damaged file]']);
  });
});

/** Files of Parquet, cut at row groups. */
import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { readFile } from '../read/read-file.ts';
import { rowGroupSections } from './row-group-sections.ts';
import { type Section, sectionsOf } from './sections.ts';
import { temporaryFolder } from './testing/small-store.ts';

/** DuckDB writes row groups of at least this many rows. */
const groupRows = 2_048;

/** A file of row groups, the last of which is not full. */
async function parquet(columns: string, numRows: number): Promise<string> {
  const path = join(temporaryFolder(), 'a.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const query = `SELECT ${columns} FROM range(${numRows}) t(i)`;
  await connection.run(
    `COPY (${query}) TO '${path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${groupRows})`,
  );
  connection.closeSync();
  return path;
}

async function sectionsIn(path: string, minBytes: number): Promise<Section[]> {
  const [whole] = await sectionsOf(path, Infinity);
  return rowGroupSections(path, whole as Section, minBytes);
}

/** The texts of a section, read once, and the numbers of their rows; of what is rejected the reason. */
async function read(path: string, { start, end, firstLine, numLines }: Section) {
  const file = { path: basename(path), sizeBytes: 0, modifiedMs: 0 };
  const damagedFiles = 'keep-before';
  const config = { format: 'parquet', path: dirname(path), damagedFiles } as const;
  const range = { start, end, firstLine, ...(numLines !== undefined && { numLines }) };
  const found: [unknown, number | undefined][] = [];
  for await (const record of readFile(file, config, 's', range)) {
    if ('rejected' in record) found.push([record.rejected.reason, record.origin.record]);
    else if ('text' in record.document.content) {
      found.push([record.document.content.text, record.document.record]);
    }
  }
  return found;
}

const columns = "i || ' ' || md5(i::VARCHAR) AS text";

describe('sections of Parquet', { timeout: 180_000 }, () => {
  test('are whole row groups, which cover the file and have all its rows by their numbers', async () => {
    const numRows = 4 * groupRows + 100;
    const path = await parquet(columns, numRows);
    const size = fs.statSync(path).size;
    const each = await sectionsIn(path, 1);
    expect(each.map(({ firstLine }) => firstLine)).toEqual([1, 2_049, 4_097, 6_145, 8_193]);
    expect(each.map(({ numLines }) => numLines)).toEqual([...Array(4).fill(groupRows), 100]);
    const two = await sectionsIn(path, Math.floor(0.6 * size));
    expect(two.length).toBe(2);
    for (const sections of [each, two]) {
      expect([sections[0]?.start, sections.at(-1)?.end]).toEqual([0, size]);
      for (const [i, { start }] of sections.entries()) {
        if (i > 0) expect(start).toBe(sections[i - 1]?.end);
      }
    }
    const rows = [];
    for (const section of two) rows.push(...(await read(path, section)));
    expect(rows.map(([, number]) => number)).toEqual(
      Array.from({ length: numRows }, (_, i) => i + 1),
    );
    expect(rows.every(([text], i) => String(text).startsWith(`${i} `))).toBe(true);
  });

  test('a file is one when it is small, has one row group, or names a column like our count', async () => {
    const path = await parquet(columns, 3 * groupRows);
    expect(await sectionsIn(path, fs.statSync(path).size)).toHaveLength(1);
    expect(await sectionsIn(await parquet(columns, 100), 1)).toHaveLength(1);
    const named = await parquet(`${columns}, i AS FILE_row_number`, 3 * groupRows);
    expect(await sectionsIn(named, 1)).toHaveLength(1);
  });

  test('a damaged file is one, and a damaged section hides no other', async () => {
    const path = await parquet(columns, 3 * groupRows);
    const sections = await sectionsIn(path, 1);
    const bytes = fs.readFileSync(path);
    const [, second] = sections as [Section, Section, Section];
    fs.writeFileSync(path, bytes.fill(0, second.start, second.end));
    const found = [];
    for (const section of sections) found.push(await read(path, section));
    expect(found.map(({ length }) => length)).toEqual([groupRows, 1, groupRows]);
    expect(found[1]).toEqual([['damaged file', undefined]]);
    fs.writeFileSync(path, bytes.subarray(0, -20));
    expect(await sectionsIn(path, 1)).toHaveLength(1);
  });
});

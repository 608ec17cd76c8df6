/** A program: parses one file of Parquet with DuckDB and prints what is asked for as JSON lines. */

import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { DuckDBBlobValue, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { columnsQuery, groupsQuery, quoted, rowsQuery } from './parquet-queries.ts';

/** What the program is asked. */
export type ParquetTask = (RowsTask | { groups: true }) & { file: string; memoryBytes: number };

/** Rows of the file. */
export interface RowsTask {
  /**
   * Names of columns: the text, which there must be, and others, which there may be. Without a text,
   * what is given out for it is the whole row as a JSON object.
   */
  text: string | undefined;
  others: readonly string[];
  /** Longer texts are not given out. */
  maxTextBytes: number;
  /** Which rows, counted from 0. Default: all. */
  range: RowRange | undefined;
}

/** Rows `[first, first + count)` of a file. */
export interface RowRange {
  first: number;
  count: number;
}

/**
 * A line of its answer: a row, its columns in the order of the task, or a row group, its number of
 * rows and where it begins in the file; or `end`, or what is wrong with the file. Rows and groups come
 * in order and without gaps.
 */
export type ParquetLine =
  | { row: readonly unknown[] }
  | { group: readonly unknown[] }
  | { tooLong: number }
  | { binary: true }
  | { end: number }
  | { failed: string };

await main(JSON.parse(process.argv[2] ?? '{}') as ParquetTask);

async function main(task: ParquetTask): Promise<void> {
  watchMemory(task.memoryBytes);
  try {
    const connection = await connect(task);
    const end = 'groups' in task ? printGroups(connection, task) : printRows(connection, task);
    await print({ end: await end });
  } catch (error) {
    await print({ failed: String((error as Error).message).slice(0, 300) });
  }
  // What is still on its way to a pipe would be lost.
  process.stdout.end(() => process.exit(0));
}

/** DuckDB that reaches this file and nothing else, and leaves memory for the rows that are printed. */
async function connect({ file, memoryBytes }: ParquetTask): Promise<DuckDBConnection> {
  const megabytes = Math.floor(memoryBytes / 2 / 1e6);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: `${megabytes}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run(`SET allowed_paths = [${quoted(file)}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  return connection;
}

async function printRows(
  connection: DuckDBConnection,
  task: RowsTask & ParquetTask,
): Promise<number> {
  const query = task.text === undefined ? rowsQuery(task) : await columnsQuery(connection, task);
  return printAll(connection, query, (row) => lineOf(row, task.maxTextBytes));
}

function printGroups(connection: DuckDBConnection, { file }: ParquetTask): Promise<number> {
  return printAll(connection, groupsQuery(file), (row) => ({ group: row.map(Number) }));
}

/** Prints a line for each row of an answer. Returns how many there were. */
async function printAll(
  connection: DuckDBConnection,
  query: string,
  line: (row: readonly unknown[]) => ParquetLine,
): Promise<number> {
  const result = await connection.stream(query);
  let numRows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return numRows;
    for (const row of chunk.getRows()) await print(line(row));
    numRows += chunk.rowCount;
  }
}

function lineOf([text, length, ...others]: readonly unknown[], maxTextBytes: number): ParquetLine {
  if (Number(length) > maxTextBytes) return { tooLong: Number(length) };
  if (!(text instanceof DuckDBBlobValue)) return { row: [text, ...others].map(plain) };
  if (!isUtf8(text.bytes)) return { binary: true };
  return { row: [Buffer.from(text.bytes).toString(), ...others.map(plain)] };
}

/** Values as JSON has them; what is neither a text nor a number becomes a list, which no field takes. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return value === null || typeof value === 'string' || typeof value === 'number' ? value : [];
}

async function print(line: ParquetLine): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
}

/** For systems whose limit on data does not count what DuckDB takes; its threads are not this one. */
function watchMemory(memoryBytes: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > memoryBytes) process.exit(3);
  }, 20).unref();
}

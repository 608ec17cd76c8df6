/** A program: parses one file of Parquet with DuckDB and prints its rows as JSON lines. */

import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { DuckDBBlobValue, type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** What the program is asked. */
export interface ParquetTask {
  file: string;
  /**
   * Names of columns: the text, which there must be, and others, which there may be. Without a text,
   * what is given out for it is the whole row as a JSON object.
   */
  text: string | undefined;
  others: readonly string[];
  /** Longer texts are not given out. */
  maxTextBytes: number;
  memoryBytes: number;
}

/**
 * A line of its answer: a row, its columns in the order of the task, or `end`, or what is wrong with
 * the file. Rows come in order and without gaps.
 */
export type ParquetLine =
  | { row: readonly unknown[] }
  | { tooLong: number }
  | { binary: true }
  | { end: number }
  | { failed: string };

await main(JSON.parse(process.argv[2] ?? '{}') as ParquetTask);

async function main(task: ParquetTask): Promise<void> {
  watchMemory(task.memoryBytes);
  try {
    const connection = await connect(task);
    await print({ end: await printRows(connection, task) });
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

async function printRows(connection: DuckDBConnection, task: ParquetTask): Promise<number> {
  const { text } = task;
  const query = text === undefined ? rowsQuery(task) : await columnsQuery(connection, task, text);
  const result = await connection.stream(query);
  let numRows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return numRows;
    for (const row of chunk.getRows()) await print(lineOf(row, task.maxTextBytes));
    numRows += chunk.rowCount;
  }
}

/** A column, its size, and others. */
async function columnsQuery(
  connection: DuckDBConnection,
  task: ParquetTask,
  name: string,
): Promise<string> {
  const table = `read_parquet(${quoted(task.file)})`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
  const columns = new Set(described.getRows().map(([column]) => String(column)));
  if (!columns.has(name)) throw new Error(`no column ${name}`);
  const text = identifier(name);
  const others = task.others.map((other) => (columns.has(other) ? identifier(other) : 'NULL'));
  const type = described.getRows().find(([column]) => column === name)?.[1];
  const size = type === 'BLOB' ? `octet_length(${text})` : `strlen(${text}::VARCHAR)`;
  const list = [`CASE WHEN ${size} <= ${task.maxTextBytes} THEN ${text} END`, size, ...others];
  return `SELECT ${list.join(', ')} FROM ${table}`;
}

/** Whole rows as JSON, and their sizes. */
function rowsQuery({ file, maxTextBytes }: ParquetTask): string {
  const rows = `SELECT to_json(r)::VARCHAR AS row FROM read_parquet(${quoted(file)}) AS r`;
  const short = `CASE WHEN strlen(row) <= ${maxTextBytes} THEN row END`;
  return `SELECT ${short}, strlen(row) FROM (${rows})`;
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

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** What the program that parses Parquet asks DuckDB. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ParquetTask, RowRange, RowsTask } from './parquet-child.ts';

/** A column, its size, and others. */
export async function columnsQuery(
  connection: DuckDBConnection,
  task: RowsTask & ParquetTask,
): Promise<string> {
  const table = `read_parquet(${quoted(task.file)})`;
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${table}`);
  const types = new Map(described.getRows().map(([column, type]) => [String(column), type]));
  const { text: name = '' } = task;
  if (!types.has(name)) throw new Error(`no column ${name}`);
  const text = identifier(name);
  const others = task.others.map((other) => (types.has(other) ? identifier(other) : 'NULL'));
  const isBlob = types.get(name) === 'BLOB';
  const size = isBlob ? `octet_length(${text})` : `strlen(${text}::VARCHAR)`;
  const list = [`CASE WHEN ${size} <= ${task.maxTextBytes} THEN ${text} END`, size, ...others];
  return `SELECT ${list.join(', ')} FROM ${table}${within(task.range)}`;
}

/** Whole rows as JSON, and their sizes. */
export function rowsQuery({ file, maxTextBytes, range }: RowsTask & ParquetTask): string {
  const table = `read_parquet(${quoted(file)})`;
  const rows = `SELECT to_json(r)::VARCHAR AS row FROM ${table} AS r${within(range)}`;
  const short = `CASE WHEN strlen(row) <= ${maxTextBytes} THEN row END`;
  return `SELECT ${short}, strlen(row) FROM (${rows})`;
}

/**
 * The number of rows of each row group, and the first byte of its columns; none for a file in which
 * a column has the name by which `within` counts rows.
 */
export function groupsQuery(file: string): string {
  const page = 'least(data_page_offset, coalesce(dictionary_page_offset, data_page_offset))';
  const names = `SELECT lower(name) FROM parquet_schema(${quoted(file)})`;
  return `SELECT any_value(row_group_num_rows), min(${page})
    FROM parquet_metadata(${quoted(file)}) WHERE 'file_row_number' NOT IN (${names})
    GROUP BY row_group_id ORDER BY row_group_id`;
}

/** DuckDB passes over row groups without such rows. */
function within(range: RowRange | undefined): string {
  if (range === undefined) return '';
  const { first, count } = range;
  return ` WHERE file_row_number >= ${first} AND file_row_number < ${first + count}`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text of SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

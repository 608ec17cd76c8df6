/** Parquet, parsed by DuckDB in a child process, for a small file can ask for any amount of memory. */
import { parseJsonLine } from '../../../base/index.ts';
import type { Origin, ReadRecord } from '../../document.ts';
import type { ReaderConfig } from '../reader-config.ts';
import {
  documentOf,
  type FileOrigin,
  originOf,
  type ReadRow,
  type RecordRange,
} from '../record.ts';
import type { RowRange, RowsTask } from './parquet-child.ts';
import { damaged, type ParquetQuestion, parquetLines } from './parquet-lines.ts';

/** Written as JSON, in which a character may take six bytes, a text must fit into a line of 16 MiB. */
const maxTextBytes = 8 * 2 ** 20;

/**
 * Reads a file of Parquet, one record a row.
 *
 * @param range which rows, and the bytes of their row groups
 * @throws DamagedFileError when the child cannot read it to the end within its limits.
 */
export async function* readParquetFile(
  path: string,
  file: FileOrigin,
  config: ReaderConfig,
  range: RecordRange = {},
): AsyncGenerator<ReadRecord> {
  const names = { ...config.fields, text: config.fields?.text ?? 'text' };
  const others = [names.id, names.url, names.licence].filter((name) => name !== undefined);
  const columns = { text: names.text, others };
  for await (const row of rowsOf(path, columns, config, range)) {
    if ('rejected' in row) {
      yield { rejected: { reason: row.rejected }, origin: originOf(file, row.number) };
      continue;
    }
    const values = [names.text, ...others].map((name, i) => [name, row.values[i]]);
    yield documentOf(Object.fromEntries(values), file, row.number, config);
  }
}

/** Reads a file of Parquet whose rows are not texts: all their columns. @throws as the other */
export async function* readParquetRows(
  path: string,
  file: FileOrigin,
  config: Limits,
): AsyncGenerator<ReadRow> {
  for await (const row of rowsOf(path, { text: undefined, others: [] }, config)) {
    const origin = originOf(file, row.number);
    if ('rejected' in row) yield { rejected: { reason: row.rejected }, origin };
    else yield rowOfJson(String(row.values[0]), origin);
  }
}

type NumberedRow = { number: number } & ({ values: readonly unknown[] } | { rejected: string });

type Columns = Pick<RowsTask, 'text' | 'others'>;
type Limits = Pick<ReaderConfig, 'parquetLimits'>;

async function* rowsOf(
  path: string,
  columns: Columns,
  { parquetLimits: limits }: Limits,
  { start, end, firstLine = 1, numLines }: RecordRange = {},
): AsyncGenerator<NumberedRow> {
  const range = numLines === undefined ? undefined : { first: firstLine - 1, count: numLines };
  const sizeBytes = range && start !== undefined && end !== undefined ? end - start : undefined;
  const task = { ...columns, maxTextBytes, range };
  const question: ParquetQuestion = { task, limits, sizeBytes };
  let number = range?.first ?? 0;
  for await (const line of parquetLines(path, question)) {
    if (line === undefined || 'tooLong' in line || 'binary' in line) {
      const rejected = line !== undefined && 'binary' in line ? 'not UTF-8' : 'line too long';
      yield { number: ++number, rejected };
    } else if ('row' in line) yield { number: ++number, values: line.row };
    else if ('failed' in line) throw damaged(path, line.failed);
    else if ('end' in line && isWhole(line.end, number, range)) return;
  }
  throw damaged(path, 'its end too early');
}

/** Whether all rows were printed. */
function isWhole(numPrinted: number, number: number, range: RowRange | undefined): boolean {
  return numPrinted === number - (range?.first ?? 0) && numPrinted === (range?.count ?? numPrinted);
}

function rowOfJson(text: string, origin: Origin): ReadRow {
  const parsed = parseJsonLine(Buffer.from(text));
  if (parsed !== undefined && 'value' in parsed) return { fields: parsed.value, origin };
  return { rejected: { reason: parsed?.rejected ?? 'not JSON' }, origin };
}

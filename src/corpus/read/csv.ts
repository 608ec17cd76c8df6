/**
 * CSV, row by row. DuckDB reads it faster, but a row that it leaves out takes the numbers of those
 * behind it along, and one row that never closes its quote takes the rows themselves.
 */
import { type LineRange, LineSplitter, readBlocks } from '../../base/index.ts';
import type { ReadRecord } from '../document.ts';
import { type CsvRow, RowBuilder } from './csv-rows.ts';
import type { ReaderConfig } from './reader-config.ts';
import { documentOf, type FileOrigin, originOf } from './record.ts';

/**
 * Reads a file of CSV, whose first row names the fields. When a row goes wrong, its first line is
 * rejected and the next one is tried, so a quote that is never closed costs no good row. Needs memory
 * for one row, which has at most 16 MiB.
 */
export async function* readCsvFile(
  path: string,
  file: FileOrigin,
  config: ReaderConfig,
  { onBytes }: LineRange = {},
): AsyncGenerator<ReadRecord> {
  const delimiter = config.delimiter ?? (/\.tsv(\.gz|\.zst)?$/i.test(path) ? '\t' : ',');
  let names: string[] | undefined;
  for await (const row of rowsOf(path, delimiter, onBytes)) {
    const reject = (reason: string, value?: number): ReadRecord => {
      const rejected =
        value === undefined ? { reason } : { reason, value, limit: names?.length ?? 0 };
      return { rejected, origin: originOf(file, row.line) };
    };
    if ('rejected' in row) yield reject(row.rejected);
    else if (names === undefined) names = row.fields;
    else if (row.fields.length !== names.length) {
      yield reject('not as many fields as names', row.fields.length);
    } else {
      const fields = Object.fromEntries(names.map((name, i) => [name, row.fields[i]]));
      yield documentOf(fields, file, row.line, config);
    }
  }
}

async function* rowsOf(
  path: string,
  delimiter: string,
  onBytes: LineRange['onBytes'],
): AsyncGenerator<CsvRow> {
  const lines = new LineSplitter();
  const rows = new RowBuilder(delimiter);
  for await (const block of readBlocks(path, { onBytes })) {
    for (const line of lines.push(block)) {
      for (const row of rows.push(line)) yield row;
    }
  }
  for (const line of lines.end()) yield* rows.push(line);
  yield* rows.end();
}

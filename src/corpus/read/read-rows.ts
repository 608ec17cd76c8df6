/** Rows with all their fields, for readers who make something else of them than documents. */
import { readJsonLines } from '../../base/index.ts';
import { pathWithin } from './file-names.ts';
import { readParquetRows } from './parquet/read-parquet.ts';
import { readUnlessDamaged } from './read-file.ts';
import type { ReaderConfig, SourceFile } from './reader-config.ts';
import { type FileOrigin, originOf, type ReadRow } from './record.ts';

/** What rows are read from. */
export type RowReaderConfig = Pick<ReaderConfig, 'path' | 'damagedFiles' | 'parquetLimits'> & {
  readonly format: 'json-lines' | 'parquet';
};

/** As `readFile`, for whole rows. @throws as it */
export async function* readRows(
  file: SourceFile,
  config: RowReaderConfig,
  source: string,
): AsyncGenerator<ReadRow> {
  const path = pathWithin(config.path, file.path);
  const origin = { source, file: file.path };
  yield* readUnlessDamaged<ReadRow>({ path, origin, config }, () =>
    config.format === 'parquet' ? readParquetRows(path, origin, config) : readLines(path, origin),
  );
}

async function* readLines(path: string, file: FileOrigin): AsyncGenerator<ReadRow> {
  for await (const record of readJsonLines(path)) {
    const origin = originOf(file, record.line);
    if ('value' in record) yield { fields: record.value, origin };
    else yield { rejected: { reason: record.rejected }, origin };
  }
}

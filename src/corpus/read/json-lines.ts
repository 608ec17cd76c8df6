import { type LineRange, readJsonLines } from '../../base/index.ts';
import type { ReadRecord } from '../document.ts';
import type { ReaderConfig } from './reader-config.ts';
import { documentOf, type FileOrigin, originOf } from './record.ts';

/** Reads a file of JSON lines, or some of its lines: one record a line. */
export async function* readJsonLinesFile(
  path: string,
  file: FileOrigin,
  config: ReaderConfig,
  range: LineRange = {},
): AsyncGenerator<ReadRecord> {
  for await (const record of readJsonLines(path, range)) {
    if ('value' in record) yield documentOf(record.value, file, record.line, config);
    else yield { rejected: { reason: record.rejected }, origin: originOf(file, record.line) };
  }
}

import { DamagedFileError, packedName, readBlocks } from '../../base/index.ts';
import type { ReadRecord, RejectedRecord } from '../document.ts';
import { readCsvFile } from './csv.ts';
import { pathWithin } from './file-names.ts';
import { readJsonLinesFile } from './json-lines.ts';
import { readParquetFile } from './parquet/read-parquet.ts';
import type { ReaderConfig, SourceFile } from './reader-config.ts';
import { type FileOrigin, originOf, type RecordRange } from './record.ts';
import { readCodeFile, readHtmlFile, readTextFile } from './whole-file.ts';

type Reader = (
  path: string,
  file: FileOrigin,
  config: ReaderConfig,
  range: RecordRange,
) => AsyncIterable<ReadRecord>;

const readers: Readonly<Record<ReaderConfig['format'], Reader>> = {
  'json-lines': readJsonLinesFile,
  parquet: readParquetFile,
  csv: readCsvFile,
  text: readTextFile,
  html: readHtmlFile,
  code: readCodeFile,
};

/**
 * The records of one file of a source: every one is a document, or rejected by a named reason. A
 * damaged file, or part of one, is one rejection with the reason `damaged file`, and by `damagedFiles`
 * the records before the damage. Streams; needs memory for one record, or for one file where that is a document.
 *
 * @param range the lines to read of JSON lines that are not packed, the rows of Parquet; for every
 *   format that streams, who is told of the bytes that were read
 * @throws FileError when the file is missing, leads out of its source, or changes while it is read.
 */
export async function* readFile(
  file: SourceFile,
  config: ReaderConfig,
  source: string,
  range: RecordRange = {},
): AsyncGenerator<ReadRecord> {
  const path = pathWithin(config.path, file.path);
  const licence = file.licence ?? config.licence;
  const origin = { source, file: file.path, ...(licence !== undefined && { licence }) };
  const read = (lines: RecordRange) => readers[config.format](path, origin, config, lines);
  yield* readUnlessDamaged({ path, origin, config }, read, range);
}

/** A file on its way to a reader. */
export interface OpenedFile {
  readonly path: string;
  readonly origin: FileOrigin;
  readonly config: Pick<ReaderConfig, 'format' | 'damagedFiles'>;
}

/** Gives a damaged file out as one rejection, by `damagedFiles` behind the records before the damage. */
export async function* readUnlessDamaged<T>(
  { path, origin, config }: OpenedFile,
  read: (range: RecordRange) => AsyncIterable<T>,
  range: RecordRange = {},
): AsyncGenerator<T | RejectedRecord> {
  try {
    if (config.damagedFiles !== 'keep-before') await readOnce(path, config, () => read(range));
    yield* read(range);
  } catch (error) {
    if (!(error instanceof DamagedFileError)) throw error;
    const value = error.message.replace(path, origin.file);
    yield { rejected: { reason: 'damaged file', value }, origin: originOf(origin) };
  }
}

/** Reads to the end what may turn out to be damaged there, so that nothing of it is given out. */
async function readOnce(
  path: string,
  { format }: Pick<ReaderConfig, 'format'>,
  read: () => AsyncIterable<unknown>,
): Promise<void> {
  if (format === 'parquet') for await (const _ of read());
  else if (isStreamed(format) && packedName.test(path)) for await (const _ of readBlocks(path));
}

/** A file that is one document is held as a whole before anything of it is given out. */
function isStreamed(format: ReaderConfig['format']): boolean {
  return format === 'json-lines' || format === 'csv';
}

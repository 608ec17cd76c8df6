/** What a source is read from, and how. */
import { z } from 'zod';

/** Names of the fields of a record (JSON lines, Parquet, CSV). */
export interface RecordFields {
  /** Default: `text`. */
  text?: string | undefined;
  /** A text or a number that names the record. Default: none, and file and record name it. */
  id?: string | undefined;
  url?: string | undefined;
  licence?: string | undefined;
}

export interface ReaderConfig {
  format: 'json-lines' | 'parquet' | 'csv' | 'text' | 'html' | 'code';
  /** A folder, whose files of this format are read, or one file. */
  path: string;
  fields?: RecordFields | undefined;
  /** What the field `text` of a record holds. Default: `text`. */
  content?: 'text' | 'html' | undefined;
  /** Between the fields of a CSV file, whose first row names them. Default: a comma. */
  delimiter?: string | undefined;
  /** SPDX identifier, or the words of the source, for what says nothing itself. */
  licence?: string | undefined;
  /**
   * What becomes of a damaged file: nothing of it is read, or the records before the damage are.
   * Default: `reject`, for which packed files and Parquet are read twice.
   */
  damagedFiles?: 'reject' | 'keep-before' | undefined;
  /** What the child process that parses a file of Parquet may use. Default: 2 GiB, 60 s. */
  parquetLimits?: ParquetLimits | undefined;
}

export interface ParquetLimits {
  /** At least 256 MiB, of which DuckDB gets half. */
  memoryBytes: number;
  /** Of the processor, for one file. */
  cpuSeconds: number;
}

export const readerConfigSchema = z.strictObject({
  format: z.enum(['json-lines', 'parquet', 'csv', 'text', 'html', 'code']),
  path: z.string().min(1),
  fields: z
    .strictObject({
      text: z.string().optional(),
      id: z.string().optional(),
      url: z.string().optional(),
      licence: z.string().optional(),
    })
    .optional(),
  content: z.enum(['text', 'html']).optional(),
  delimiter: z
    .string()
    .regex(/^[^"\r\n]$/, 'must be one character, no quote and no line end')
    .optional(),
  licence: z.string().optional(),
  damagedFiles: z.enum(['reject', 'keep-before']).optional(),
  parquetLimits: z
    .strictObject({ memoryBytes: z.int().min(2 ** 28), cpuSeconds: z.int().positive() })
    .optional(),
}) satisfies z.ZodType<ReaderConfig>;

/** A file of a source, as `listFiles` found it. */
export interface SourceFile {
  /** Relative to the root of the source, with `/`. */
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  /** Of source code: the licence of the nearest licence file. */
  licence?: string;
}

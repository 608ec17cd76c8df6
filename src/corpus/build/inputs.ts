/** Which files a source names, and how each of them is read. */
import { statSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { ConfigError } from '../../base/index.ts';
import type { Drop, Origin } from '../document.ts';
import { listFiles } from '../read/list-files.ts';
import type { ReaderConfig, SourceFile } from '../read/reader-config.ts';
import type { BuildSource } from './build-config.ts';

/** A file to read. */
export interface InputFile {
  reader: ReaderConfig;
  file: SourceFile;
  /** Absolute. */
  path: string;
}

/** All files of a source, and those that are refused by their names. */
export interface Inputs {
  files: InputFile[];
  rejected: { rejected: Drop; origin: Origin }[];
}

/**
 * @throws ConfigError for files that are not there, are of a kind that nothing says, or have equal
 *   names.
 */
export async function listInputs(source: string, settings: BuildSource): Promise<Inputs> {
  const inputs: Inputs = { files: [], rejected: [] };
  for (const path of settings.files) {
    const reader = readerOf(source, path, settings);
    const { files, rejected } = await listFiles(reader, source);
    const isFile = statSync(path).isFile();
    for (const file of files) {
      const place = isFile ? resolve(path) : resolve(path, ...file.path.split('/'));
      inputs.files.push({ reader, file, path: place });
    }
    inputs.rejected.push(...rejected);
  }
  checkNames(source, inputs);
  return inputs;
}

const formats: readonly [ReaderConfig['format'], RegExp][] = [
  ['json-lines', /\.(jsonl|ndjson)(\.gz|\.zst)?$/i],
  ['parquet', /\.parquet$/i],
  ['csv', /\.(csv|tsv)(\.gz|\.zst)?$/i],
  ['html', /\.(html?|xhtml)(\.gz|\.zst)?$/i],
  ['text', /\.(txt|text|md|markdown|rst)(\.gz|\.zst)?$/i],
];

/** How a path is read: as the source says, or else by the ending of a file's name. */
function readerOf(source: string, path: string, { reader, licence }: BuildSource): ReaderConfig {
  const what = `corpus.sources.${source}`;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || (stats.isFile() && stats.size === 0)) {
    const got = `${resolve(path)} (${stats === undefined ? 'no such file' : 'empty'})`;
    const hint = `--set ${what}.files=<path of your text>`;
    throw new ConfigError({
      what: `${what}.files`,
      must: 'name files with text in them',
      got,
      hint,
    });
  }
  const guessed = stats.isFile() ? formats.find(([, name]) => name.test(path))?.[0] : undefined;
  const format = reader?.format ?? guessed;
  if (format === undefined) {
    const must = 'be given for a folder, and for a file whose name does not say it';
    const hint = `--set ${what}.reader='{"format":"text"}'`;
    throw new ConfigError({
      what: `${what}.reader.format`,
      must,
      got: `${extname(path)} of ${path}`,
      hint,
    });
  }
  return { ...reader, format, path, ...(licence !== undefined && { licence }) };
}

/** Two files of one name would be one in every report. */
function checkNames(source: string, { files }: Inputs): void {
  const seen = new Map<string, string>();
  for (const { file, path } of files) {
    const other = seen.get(file.path);
    if (other !== undefined && other !== path) {
      const what = `corpus.sources.${source}.files`;
      const hint = 'name the folder that both are in';
      throw new ConfigError({
        what,
        must: 'differ in their names',
        got: `${other} and ${path}`,
        hint,
      });
    }
    seen.set(file.path, path);
  }
}

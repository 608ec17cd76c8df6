/** The files of a source, in an order that depends on their names alone. */
import { lstatSync, type Stats } from 'node:fs';
import { opendir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { asFileError, FileError } from '../../base/index.ts';
import type { Drop, Origin } from '../document.ts';
import { gitFiles } from './code/git-files.ts';
import { licenceName, licencesByFolder, nearestLicence } from './code/licences.ts';
import { programmingLanguageOf } from './code/programming-languages.ts';
import { nameRejection } from './file-names.ts';
import type { ReaderConfig, SourceFile } from './reader-config.ts';

/** The files to read, and those of the right kind that are refused. */
export interface FileList {
  files: SourceFile[];
  rejected: { rejected: Drop; origin: Origin }[];
}

/**
 * Lists the files of a source by the bytes of their relative paths; what is of another format is not
 * mentioned. Links, and names that could mislead, are rejected by name. Hidden files and folders
 * are passed over, and with source code what git ignores.
 *
 * @throws FileError when the path of the source cannot be read.
 */
export async function listFiles(config: ReaderConfig, source: string): Promise<FileList> {
  const root = await resolved(config.path);
  const stats = lstatSync(root);
  if (stats.isFile()) return { files: [sourceFile(basename(root), stats)], rejected: [] };
  if (!stats.isDirectory()) {
    throw new FileError({
      what: config.path,
      must: 'be a folder or a file',
      got: 'something else',
    });
  }
  const list: FileList = { files: [], rejected: [] };
  const tracked = config.format === 'code' ? await gitFiles(root) : undefined;
  for await (const path of tracked ?? walk(root, '')) add(list, config, { root, path, source });
  list.files.sort((one, other) => byteOrder(one.path, other.path));
  list.rejected.sort((one, other) => byteOrder(one.origin.file, other.origin.file));
  return config.format === 'code' ? withLicences(list, root) : list;
}

function add(
  { files, rejected }: FileList,
  config: ReaderConfig,
  { root, path, source }: { root: string; path: string; source: string },
): void {
  if (!isOfFormat(config.format, path)) return;
  const reject = (reason: string) => {
    const file = path.toWellFormed().replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd');
    rejected.push({ rejected: { reason }, origin: { source, file: file.slice(0, 300) } });
  };
  const misleading = nameRejection(path);
  if (misleading !== undefined) {
    reject(misleading);
    return;
  }
  const stats = lstatSync(join(root, path), { throwIfNoEntry: false });
  // Git names what it tracks, also where it is gone.
  if (stats === undefined) return;
  const unusual = kindRejection(stats);
  if (unusual === undefined) files.push(sourceFile(path, stats));
  else reject(unusual);
}

function kindRejection(stats: Stats): string | undefined {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  return stats.isFile() ? undefined : 'not an ordinary file';
}

function sourceFile(path: string, { size, mtimeMs }: Stats): SourceFile {
  return { path, sizeBytes: size, modifiedMs: mtimeMs };
}

function withLicences({ files, rejected }: FileList, root: string): FileList {
  const licences = licencesByFolder(root, files);
  const named = files.map((file) => {
    const licence = nearestLicence(licences, file.path);
    return licence === undefined ? file : { ...file, licence };
  });
  return { files: named.filter(({ path }) => programmingLanguageOf(path) !== undefined), rejected };
}

const endings: Readonly<Record<Exclude<ReaderConfig['format'], 'code'>, RegExp>> = {
  'json-lines': /\.(jsonl|ndjson)(\.gz|\.zst)?$/i,
  parquet: /\.parquet$/i,
  csv: /\.(csv|tsv)(\.gz|\.zst)?$/i,
  text: /\.(txt|text|md|markdown|rst)(\.gz|\.zst)?$/i,
  html: /\.(html?|xhtml)(\.gz|\.zst)?$/i,
};

function isOfFormat(format: ReaderConfig['format'], path: string): boolean {
  if (format !== 'code') return endings[format].test(path);
  return programmingLanguageOf(path) !== undefined || licenceName.test(path);
}

/** Relative paths of all that is no folder, hidden ones left out; links are named, not followed. */
async function* walk(root: string, folder: string): AsyncGenerator<string> {
  // Names that are not UTF-8 show the replacement character, by which they are rejected.
  for await (const entry of await opendir(join(root, folder))) {
    if (entry.name.startsWith('.')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(root, path);
    else yield path;
  }
}

async function resolved(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
}

function byteOrder(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

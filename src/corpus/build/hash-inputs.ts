/** Hashes of the files that are read; a file is read again only when something about it changed. */
import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { asFileError, packedName, writeFileAtomic } from '../../base/index.ts';
import type { InputFile } from './inputs.ts';
import { rowGroupSections } from './row-group-sections.ts';
import { type Section, sectionBytes, sectionsOf } from './sections.ts';

interface KnownFile {
  /** Size, times and the size of sections: while they are the same, the content is taken to be. */
  state: string;
  sections: Section[];
}

/** Path → its sections, one of which is the whole of a file that cannot be cut. */
export type FileSections = ReadonlyMap<string, readonly Section[]>;

/**
 * Hashes files, and cuts those that are large and have independent lines or row groups.
 *
 * @param cache a file that remembers hashes from run to run
 * @throws FileError
 */
export async function hashInputs(
  files: readonly InputFile[],
  cache: string,
): Promise<FileSections> {
  const known = readCache(cache);
  const hashed = new Map<string, KnownFile>();
  for (const { path, reader } of files) {
    const { maxBytes, find } = cutOf(path, reader.format);
    const state = `${await stateOf(path)} ${maxBytes}`;
    const before = known.get(path);
    const isSame = before?.state === state && before.sections !== undefined;
    hashed.set(path, { state, sections: isSame ? before.sections : await find() });
  }
  writeFileAtomic(cache, JSON.stringify([...hashed]));
  return new Map([...hashed].map(([path, { sections }]) => [path, sections]));
}

/** How large the sections of a file are, and how they are found. */
function cutOf(path: string, format: InputFile['reader']['format']) {
  const whole = () => sectionsOf(path, Infinity);
  if (format === 'json-lines' && !packedName.test(path)) {
    return { maxBytes: sectionBytes, find: () => sectionsOf(path, sectionBytes) };
  }
  if (format !== 'parquet') return { maxBytes: Infinity, find: whole };
  const find = async () => rowGroupSections(path, (await whole())[0] as Section, sectionBytes);
  return { maxBytes: sectionBytes, find };
}

async function stateOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ctimeMs, ino } = await stat(path);
    return [size, mtimeMs, ctimeMs, ino].join(' ');
  } catch (error) {
    throw asFileError(error, path, 'read');
  }
}

function readCache(path: string): Map<string, KnownFile> {
  try {
    return new Map(JSON.parse(readFileSync(path, 'utf8')) as [string, KnownFile][]);
  } catch {
    return new Map();
  }
}

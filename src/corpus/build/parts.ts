/** The parts of the corpus that a build puts together, by the settings of a source. */
import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ConfigError, jsonLinesName, readJsonLines, readTexts } from '../../base/index.ts';
import type { Document, Drop, RawDocument, ReadRecord } from '../document.ts';
import type { BuildSource } from './build-config.ts';

export type ReaderConfig = Readonly<Record<string, unknown>>;

/** A file to read. */
export interface InputFile {
  path: string;
  /** Relative to the folder that the source names, or the name of a file named by itself. */
  name: string;
  sizeBytes: number;
}

/** @throws ConfigError for files that are not there. */
export async function listInputs(source: string, { files }: BuildSource): Promise<InputFile[]> {
  return files.flatMap((file) => {
    const path = resolve(file);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile()) return [{ path, name: basename(path), sizeBytes: stats.size }];
    if (stats?.isDirectory()) {
      return readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => {
          const inside = join(entry.parentPath, entry.name);
          const name = inside.slice(path.length + 1);
          return { path: inside, name, sizeBytes: statSync(inside).size };
        });
    }
    const what = `corpus.sources.${source}.files`;
    throw new ConfigError({ what, must: 'name files with text in them', got: path });
  });
}

export async function* readRecords(
  source: string,
  { path, name }: InputFile,
  _: ReaderConfig,
): AsyncGenerator<ReadRecord> {
  if (jsonLinesName.test(name)) {
    for await (const line of readJsonLines(path)) {
      const origin = { source, file: name, record: line.line };
      if ('rejected' in line) {
        yield { rejected: { reason: line.rejected }, origin };
        continue;
      }
      const { text, id } = line.value;
      const own = typeof id === 'string' ? id : `${source}/${name}:${line.line}`;
      if (typeof text === 'string') {
        yield { document: { ...origin, id: own, content: { kind: 'text', text } } };
      } else yield { rejected: { reason: 'no text field' }, origin };
    }
    return;
  }
  for await (const found of readTexts([path])) {
    const origin = { source, file: name };
    if ('rejected' in found) yield { rejected: { reason: found.rejected }, origin };
    else {
      const text = Buffer.from(found.text).toString();
      yield { document: { ...origin, id: `${source}/${name}`, content: { kind: 'text', text } } };
    }
  }
}

export function extract({
  content,
  ...origin
}: RawDocument): { document: Document } | { drop: Drop } {
  if (content.kind === 'html') return { drop: { reason: 'extract: no text' } };
  if (content.text.trim() === '') return { drop: { reason: 'empty text' } };
  return { document: { ...origin, kind: content.kind, text: content.text.normalize('NFC') } };
}

/** What a corpus is made of: the files that the tokenizer and pre-training read. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FileError, writeFileAtomic } from '../base/index.ts';

/** The files of one source, and its part in training. */
export interface SourceManifest {
  /** Text, or JSON lines with a `text` field, also gzipped; relative to the folder of the corpus. */
  train: readonly string[];
  /** Files that are held out as a whole. */
  validation: readonly string[];
  /** The share of the documents of `train` that is held out as well, chosen by their hash. */
  heldOut: number;
  /** The source's part of the samples, in relation to the other weights. */
  weight: number;
  sizeBytes: number;
  /** Over the contents of all files, in order. */
  sha256: string;
}

export interface CorpusManifest {
  /** The version that sources come from, where one was built or named. */
  version?: { name: string; id: string };
  sources: Readonly<Record<string, SourceManifest>>;
}

const fileName = 'corpus.json';

/** Written last, so that a corpus that has one is whole. @throws FileError */
export function writeCorpusManifest(folder: string, manifest: CorpusManifest): void {
  writeFileAtomic(join(folder, fileName), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * The manifest of a corpus, its file names made absolute.
 *
 * @throws FileError when the folder holds no complete corpus.
 */
export function readCorpusManifest(folder: string): CorpusManifest {
  const path = join(folder, fileName);
  const { sources, ...facts } = parse(path);
  const absolute = (names: readonly string[]) => names.map((name) => resolve(folder, name));
  const entries = Object.entries(sources).map(([name, source]) => [
    name,
    { ...source, train: absolute(source.train), validation: absolute(source.validation) },
  ]);
  return { ...facts, sources: Object.fromEntries(entries) };
}

function parse(path: string): CorpusManifest {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as CorpusManifest;
  } catch (cause) {
    const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const hint = 'build the corpus first: athanor run <recipe> --only corpus';
    throw new FileError({ what: path, must: 'be the manifest of a corpus', got, hint }, { cause });
  }
}

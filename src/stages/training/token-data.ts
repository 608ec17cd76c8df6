/** The corpus of a run as tokens. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, FileError, hashFiles, readTexts, type Seed } from '../../base/index.ts';
import {
  type DocumentSource,
  openTokenDataset,
  type Subset,
  type TokenDataset,
  writeTokenShards,
} from '../../batches/index.ts';
import type { CorpusManifest, SourceManifest } from '../../corpus/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';

/** The tokens of one source of the corpus. */
export interface SourceTokens {
  name: string;
  weight: number;
  train: TokenDataset;
  /** Null when nothing is held out. */
  validation: TokenDataset | null;
}

export interface TokenData {
  sources: readonly SourceTokens[];
  /** Of all tokens: the same corpus, tokenizer and split give the same hash. */
  sha256: string;
  /** The version of the corpus that they come from, where there is one. */
  corpusVersion?: string;
}

/**
 * The corpus as tokens: those that an earlier start wrote, or new ones. The folder's name is a hash
 * of everything they are made from, so that tokens of another corpus are never taken for these.
 *
 * @throws ConfigError for a source without a token to train on; FileError as readers and writers do.
 */
export async function prepareTokens(
  folder: string,
  corpus: CorpusManifest,
  tokenizer: Tokenizer,
  splitSeed: Seed,
): Promise<TokenData> {
  const entries = Object.entries(corpus.sources);
  const content = entries.map(([name, { sha256, heldOut }]) => [name, sha256, heldOut]);
  const identity = JSON.stringify([content, tokenizer.hash, String(splitSeed)]);
  const sha256 = createHash('sha256').update(identity).digest('hex');
  const sources: SourceTokens[] = [];
  for (const [name, source] of entries) {
    const directory = join(folder, sha256.slice(0, 16), name);
    if (!existsSync(directory)) {
      // The files of a version are compared with their hashes whenever they are read.
      if (corpus.version === undefined) await checkUnchanged(name, source);
      await write(directory, source, tokenizer, splitSeed);
    }
    sources.push(openSource(name, source, directory, tokenizer));
  }
  const { version } = corpus;
  return {
    ...{ sources, sha256 },
    ...(version !== undefined && { corpusVersion: `${version.name}-${version.id}` }),
  };
}

/** @throws FileError for texts that are not those that the corpus was made of. */
async function checkUnchanged(
  name: string,
  { train, validation, sha256 }: SourceManifest,
): Promise<void> {
  const found = await hashFiles([...train, ...validation]);
  if (found.sha256 === sha256) return;
  throw new FileError({
    what: `the texts of the corpus source ${name}`,
    must: 'be what they were when the corpus was gathered',
    got: 'others',
    hint: 'put them back, or begin a run in a new folder',
  });
}

async function write(
  directory: string,
  { train, validation, heldOut }: SourceManifest,
  tokenizer: Tokenizer,
  splitSeed: Seed,
): Promise<void> {
  // A file of its own holds out what is in it; else the documents are chosen by their hash.
  const documents =
    validation.length === 0
      ? readTexts(train)
      : chain(inSubset('train', train), inSubset('validation', validation));
  await writeTokenShards({
    documents,
    tokenizer,
    directory,
    validationFraction: heldOut,
    splitSeed,
  });
}

async function* inSubset(subset: Subset, files: readonly string[]) {
  for await (const document of readTexts(files)) {
    yield 'rejected' in document ? document : { ...document, subset };
  }
}

async function* chain(...sources: DocumentSource[]) {
  for (const source of sources) yield* source;
}

function openSource(
  name: string,
  { weight }: SourceManifest,
  directory: string,
  { hash }: Tokenizer,
): SourceTokens {
  const open = (subset: Subset) =>
    openTokenDataset(join(directory, subset), { tokenizerHash: hash });
  const train = open('train');
  if (train.numTokens === 0) {
    const what = `the source ${name} of the corpus`;
    const hint = 'its documents were all rejected or held out';
    throw new ConfigError({ what, must: 'have text to train on', got: 'none', hint });
  }
  const validation = open('validation');
  return { name, weight, train, validation: validation.numTokens > 0 ? validation : null };
}

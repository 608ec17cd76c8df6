/** The manifest of a folder of token shards, which is written last and says what must be there. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileError, writeFileAtomic } from '../../base/index.ts';
import { checkManifest } from './check-manifest.ts';

export const manifestName = 'dataset.json';
export const formatName = 'athanor-tokens';
export const formatVersion = 1;

/** How a token is stored, little endian: uint16 where the vocabulary has at most 65,536 tokens. */
export type TokenDtype = 'uint16' | 'uint32';

export interface FileRecord {
  sizeBytes: number;
  /** In hex. */
  sha256: string;
}

/** What some documents amount to. */
export interface Totals {
  numDocuments: number;
  /** The end-of-text token behind each document included. */
  numTokens: number;
  /** UTF-8 bytes of the documents, the denominator of bits per byte. */
  numTextBytes: number;
}

export interface ShardRecord extends Totals {
  /** The tokens of whole documents, each followed by the end-of-text token. */
  tokens: FileRecord;
  /** Where each document ends, as uint32: the position behind its end-of-text token. */
  ends: FileRecord;
}

/** `dataset.json`. The files of shard i have the names that `shardFile` makes. */
export interface DatasetManifest extends Totals {
  format: typeof formatName;
  version: typeof formatVersion;
  /** `Tokenizer.hash` of the tokenizer that made the tokens. */
  tokenizerHash: string;
  /** Every id is below it. */
  vocabSize: number;
  endOfTextId: number;
  dtype: TokenDtype;
  shards: ShardRecord[];
}

export function shardFile(directory: string, shard: number, kind: 'tokens' | 'ends'): string {
  return join(directory, `shard-${String(shard).padStart(5, '0')}.${kind}`);
}

export function tokenDtype(vocabSize: number): TokenDtype {
  return vocabSize <= 2 ** 16 ? 'uint16' : 'uint32';
}

export function bytesPerToken(dtype: TokenDtype): number {
  return dtype === 'uint16' ? 2 : 4;
}

/** Writes the manifest atomically, with a hash of itself. */
export function writeManifest(directory: string, manifest: DatasetManifest): void {
  const content = { ...manifest, sha256: hashOf(manifest) };
  writeFileAtomic(join(directory, manifestName), `${JSON.stringify(content, null, 2)}\n`);
}

/** @throws FileError when there is none, it is damaged, or it contradicts itself. */
export function readManifest(directory: string): DatasetManifest {
  const path = join(directory, manifestName);
  const content = parse(path);
  if (typeof content !== 'object' || content === null || !('sha256' in content)) {
    throw damaged(path, 'no hash of itself');
  }
  const { sha256, ...manifest } = content;
  if (sha256 !== hashOf(manifest)) throw damaged(path, 'another hash');
  return checkManifest(path, manifest);
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damaged(path, 'text that is not JSON');
    throw new FileError(
      {
        what: path,
        must: 'be the manifest of token shards',
        got: (cause as NodeJS.ErrnoException).code ?? String(cause),
        hint: 'token shards appear under their name only when they are complete: write them again',
      },
      { cause },
    );
  }
}

function hashOf(manifest: object): string {
  return createHash('sha256').update(JSON.stringify(manifest)).digest('hex');
}

function damaged(path: string, got: string): FileError {
  const hint = 'the file was changed after it was written: write the shards again';
  return new FileError({ what: path, must: 'be as it was written', got, hint });
}

/** The manifest of a folder of token shards, which is written last and says what must be there. */
import { join } from 'node:path';
import { checkManifest } from './check-manifest.ts';
import { readHashedJson, writeHashedJson } from './hashed-json.ts';

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

/** Writes the manifest, with a hash of itself, and waits for the disk. */
export function writeManifest(directory: string, manifest: DatasetManifest): Promise<void> {
  return writeHashedJson(join(directory, manifestName), manifest);
}

/** @throws FileError when there is none, it is damaged, or it contradicts itself. */
export function readManifest(directory: string): DatasetManifest {
  const path = join(directory, manifestName);
  return checkManifest(path, readHashedJson(path, 'be the manifest of token shards'));
}

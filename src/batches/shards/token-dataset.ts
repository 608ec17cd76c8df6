import { ConfigError, FileError } from '../../base/index.ts';
import { bytesPerEnd } from './check-manifest.ts';
import { bytesPerToken, type DatasetManifest, readManifest, shardFile } from './manifest.ts';
import { ShardFiles } from './shard-files.ts';

export interface OpenOptions {
  /** Refuse tokens of any other tokenizer (`Tokenizer.hash`). */
  tokenizerHash?: string;
  /**
   * `'hashes'` reads every byte once, at the speed of SHA-256, and finds any change; `'sizes'` finds
   * only missing and cut files. Default: `'hashes'`.
   */
  verify?: 'sizes' | 'hashes';
}

/**
 * Opens a folder of token shards, such as `train` of what `writeTokenShards` wrote.
 *
 * @throws FileError when it is incomplete, cut, changed or contradicts itself; ConfigError when its
 *   tokens are another tokenizer's.
 */
export function openTokenDataset(directory: string, options: OpenOptions = {}): TokenDataset {
  const manifest = readManifest(directory);
  const { tokenizerHash = manifest.tokenizerHash, verify = 'hashes' } = options;
  if (manifest.tokenizerHash !== tokenizerHash) {
    throw new ConfigError({
      what: `the tokenizer of ${directory}`,
      must: `have the hash ${tokenizerHash}`,
      got: manifest.tokenizerHash,
      hint: 'name the tokenizer that made these tokens, or make them again with this one',
    });
  }
  const files = new ShardFiles();
  for (const [i, shard] of manifest.shards.entries()) {
    files.add(shardFile(directory, i, 'tokens'), shard.tokens, verify);
    files.add(shardFile(directory, i, 'ends'), shard.ends, verify);
  }
  return new TokenDataset(directory, manifest, files);
}

/** An open data set: its documents, one after the other, as one long list of tokens. */
export class TokenDataset {
  readonly directory: string;
  readonly manifest: DatasetManifest;
  readonly numTokens: number;
  readonly numDocuments: number;
  readonly #files: ShardFiles;
  /** Of each shard, the position of its first token and the index of its first document. */
  readonly #firstTokens: readonly number[];
  readonly #firstDocuments: readonly number[];

  constructor(directory: string, manifest: DatasetManifest, files: ShardFiles) {
    this.directory = directory;
    this.manifest = manifest;
    this.numTokens = manifest.numTokens;
    this.numDocuments = manifest.numDocuments;
    this.#files = files;
    this.#firstTokens = startsOf(manifest.shards.map(({ numTokens }) => numTokens));
    this.#firstDocuments = startsOf(manifest.shards.map(({ numDocuments }) => numDocuments));
  }

  /**
   * Fills `out` with the tokens from `start` on, which may come from several shards.
   *
   * @throws ConfigError when the range is not inside the data set; FileError when a shard was cut or
   *   changed meanwhile, or holds an id that the vocabulary does not have.
   */
  readTokens(start: number, out: Uint32Array): void {
    checkRange('a range of tokens', start, out.length, this.numTokens);
    let shard = shardAt(this.#firstTokens, start);
    for (let done = 0; done < out.length; shard++) {
      const skipped = start + done - (this.#firstTokens[shard] as number);
      const left = (this.#firstTokens[shard + 1] as number) - (start + done);
      const part = out.subarray(done, done + left);
      this.#readFrom(shard, skipped, part);
      done += part.length;
    }
  }

  /** The tokens of one document, its end-of-text token included. @throws as `readTokens`. */
  readDocument(index: number): Uint32Array<ArrayBuffer> {
    checkRange('a document', index, 1, this.numDocuments);
    const shard = shardAt(this.#firstDocuments, index);
    const inShard = index - (this.#firstDocuments[shard] as number);
    const ends = new Uint32Array(2);
    // The first document of a shard starts at 0, which no file says.
    const wanted = inShard === 0 ? ends.subarray(1) : ends;
    const path = shardFile(this.directory, shard, 'ends');
    this.#files.read(path, Math.max(0, inShard - 1) * bytesPerEnd, bytesOf(wanted));
    const [start, end] = ends as unknown as [number, number];
    const numTokens = this.manifest.shards[shard]?.numTokens ?? 0;
    if (start >= end || end > numTokens) {
      throw new FileError({ what: path, must: 'be in ascending order', got: `${start}, ${end}` });
    }
    const ids = new Uint32Array(end - start);
    this.#readFrom(shard, start, ids);
    return ids;
  }

  close(): void {
    this.#files.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #readFrom(shard: number, position: number, out: Uint32Array): void {
    const { dtype, vocabSize } = this.manifest;
    const path = shardFile(this.directory, shard, 'tokens');
    const stored = dtype === 'uint16' ? new Uint16Array(out.length) : out;
    this.#files.read(path, position * bytesPerToken(dtype), bytesOf(stored));
    if (stored !== out) out.set(stored);
    let largest = 0;
    for (const id of stored) if (id > largest) largest = id;
    if (largest < vocabSize) return;
    const must = `hold ids below the vocabulary's size, ${vocabSize}`;
    throw new FileError({ what: path, must, got: `${largest}` });
  }
}

function bytesOf(numbers: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Where each part starts when they stand in a row, and where the last one ends. */
function startsOf(lengths: readonly number[]): number[] {
  const starts = [0];
  for (const length of lengths) starts.push((starts.at(-1) ?? 0) + length);
  return starts;
}

/** The last part that starts at or before the position; no part is empty. */
function shardAt(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= position) low = middle;
    else high = middle;
  }
  return low;
}

function checkRange(what: string, start: number, length: number, end: number): void {
  if (Number.isSafeInteger(start) && start >= 0 && start + length <= end) return;
  const got = length === 1 ? `${start}` : `${start} to ${start + length}`;
  throw new ConfigError({ what, must: `be inside the data set, 0 to ${end}`, got });
}

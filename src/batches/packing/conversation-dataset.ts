import { ConfigError, FileError } from '../../base/index.ts';
import { bytesPerToken } from '../shards/manifest.ts';
import { ShardFiles } from '../shards/shard-files.ts';
import type { OpenOptions } from '../shards/token-dataset.ts';
import {
  type ConversationFile,
  type ConversationManifest,
  conversationFile,
  readConversationManifest,
} from './conversation-manifest.ts';

/** The tokens of a conversation, up to the last one that is learned. */
export interface ConversationTokens {
  ids: Uint32Array<ArrayBuffer>;
  /** For each token 1 where it is learned, else 0. */
  learned: Uint8Array<ArrayBuffer>;
}

/**
 * Opens a data set that `writeConversations` wrote.
 *
 * @throws FileError when it is incomplete, cut, changed or contradicts itself; ConfigError when its
 *   tokens are another tokenizer's.
 */
export function openConversations(
  directory: string,
  { tokenizerHash, verify = 'hashes' }: OpenOptions = {},
): ConversationDataset {
  const manifest = readConversationManifest(directory);
  if (manifest.tokenizerHash !== (tokenizerHash ?? manifest.tokenizerHash)) {
    throw new ConfigError({
      what: `the tokenizer of ${directory}`,
      must: `have the hash ${tokenizerHash}`,
      got: manifest.tokenizerHash,
      hint: 'write the conversations again with this tokenizer',
    });
  }
  const files = new ShardFiles();
  for (const [name, record] of Object.entries(manifest.files)) {
    files.add(conversationFile(directory, name as ConversationFile), record, verify);
  }
  return new ConversationDataset(directory, manifest, files);
}

/** An open data set of conversations. Where they end is kept in memory, 4 bytes for each. */
export class ConversationDataset implements Disposable {
  readonly directory: string;
  readonly manifest: ConversationManifest;
  readonly numConversations: number;
  readonly #files: ShardFiles;
  readonly #ends: Uint32Array<ArrayBuffer>;

  constructor(directory: string, manifest: ConversationManifest, files: ShardFiles) {
    this.directory = directory;
    this.manifest = manifest;
    this.numConversations = manifest.numConversations;
    this.#files = files;
    this.#ends = new Uint32Array(this.numConversations);
    this.#read('ends', 0, this.#ends);
    this.#checkEnds();
  }

  /** Tokens of a conversation. */
  lengthOf(index: number): number {
    return (this.#ends[index] as number) - this.#startOf(index);
  }

  /** @throws ConfigError when there is none of this number; FileError when a file was cut or changed. */
  conversation(index: number): ConversationTokens {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.numConversations) {
      const must = `be a whole number below ${this.numConversations}`;
      throw new ConfigError({ what: 'a conversation', must, got: String(index) });
    }
    const { dtype, vocabSize } = this.manifest;
    const [start, length] = [this.#startOf(index), this.lengthOf(index)];
    const stored = dtype === 'uint16' ? new Uint16Array(length) : new Uint32Array(length);
    this.#read('tokens', start * bytesPerToken(dtype), stored);
    const learned = new Uint8Array(length);
    this.#read('learned', start, learned);
    if (stored.some((id) => id >= vocabSize)) {
      const what = conversationFile(this.directory, 'tokens');
      throw new FileError({ what, must: `hold ids below ${vocabSize}`, got: 'a larger one' });
    }
    return { ids: Uint32Array.from(stored), learned };
  }

  close(): void {
    this.#files.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number);
  }

  #read(name: ConversationFile, position: number, out: Uint8Array | Uint16Array | Uint32Array) {
    const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
    this.#files.read(conversationFile(this.directory, name), position, bytes);
  }

  #checkEnds(): void {
    const isAscending = this.#ends.every((end, i) => end > this.#startOf(i) + 1);
    if (isAscending && (this.#ends.at(-1) ?? 0) === this.manifest.numTokens) return;
    const what = conversationFile(this.directory, 'ends');
    throw new FileError({ what, must: 'ascend to the number of tokens', got: 'other numbers' });
  }
}

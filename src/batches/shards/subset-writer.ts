import { mkdirSync } from 'node:fs';
import { asFileError } from '../../base/index.ts';
import { HashedFile } from './hashed-file.ts';
import {
  type DatasetManifest,
  type ShardRecord,
  shardFile,
  type Totals,
  writeManifest,
} from './manifest.ts';

/** What the manifest says about the tokenizer. */
export type TokenFacts = Pick<
  DatasetManifest,
  'format' | 'version' | 'tokenizerHash' | 'vocabSize' | 'endOfTextId' | 'dtype'
>;

interface OpenShard extends Totals {
  tokens: HashedFile;
  ends: HashedFile;
}

/** Writes one data set, such as `train`: shard after shard, then the manifest. */
export class SubsetWriter {
  readonly totals: Totals = { numDocuments: 0, numTokens: 0, numTextBytes: 0 };
  readonly #directory: string;
  readonly #facts: TokenFacts;
  readonly #maxShardTokens: number;
  readonly #shards: ShardRecord[] = [];
  #open: OpenShard | undefined;

  /** Like everything else here, @throws FileError when the file system refuses. */
  constructor(directory: string, facts: TokenFacts, maxShardTokens: number) {
    try {
      mkdirSync(directory);
    } catch (error) {
      throw asFileError(error, directory, 'write');
    }
    this.#directory = directory;
    this.#facts = facts;
    this.#maxShardTokens = maxShardTokens;
  }

  /**
   * Adds a document, which stays in one shard: a longer one than the limit gets a shard alone. Waits
   * for the disk where that ends a shard.
   */
  async add(ids: Uint32Array, numTextBytes: number): Promise<void> {
    const numTokens = ids.length + 1;
    if ((this.#open?.numTokens ?? 0) + numTokens > this.#maxShardTokens) await this.finishShard();
    this.#open ??= this.#startShard();
    const shard = this.#open;
    shard.tokens.append(ids);
    shard.tokens.push(this.#facts.endOfTextId);
    for (const totals of [shard, this.totals]) {
      totals.numDocuments++;
      totals.numTokens += numTokens;
      totals.numTextBytes += numTextBytes;
    }
    shard.ends.push(shard.numTokens);
  }

  /** Ends the shard at which it is, and waits for the disk. */
  async finishShard(): Promise<void> {
    if (this.#open === undefined) return;
    const { tokens, ends, ...totals } = this.#open;
    const [tokensRecord, endsRecord] = await Promise.all([tokens.finish(), ends.finish()]);
    this.#shards.push({ ...totals, tokens: tokensRecord, ends: endsRecord });
    this.#open = undefined;
  }

  /** Writes the manifest when the last shard is finished; only then can the data set be opened. */
  writeManifest(): Promise<void> {
    return writeManifest(this.#directory, {
      ...this.#facts,
      ...this.totals,
      shards: this.#shards,
    });
  }

  /** Closes files that an error has left open. */
  async close(): Promise<void> {
    await this.#open?.tokens.close();
    await this.#open?.ends.close();
    this.#open = undefined;
  }

  #startShard(): OpenShard {
    const file = (kind: 'tokens' | 'ends') => shardFile(this.#directory, this.#shards.length, kind);
    return {
      tokens: new HashedFile(file('tokens'), this.#facts.dtype),
      ends: new HashedFile(file('ends'), 'uint32'),
      numDocuments: 0,
      numTokens: 0,
      numTextBytes: 0,
    };
  }
}

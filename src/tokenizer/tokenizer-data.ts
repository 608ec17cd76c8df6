/** What a tokenizer is made of, as files hold it and as training makes it. */
import type { MergeList } from './bpe/merge-table.ts';
import type { SplitterName } from './splitters/splitter.ts';

export interface TokenizerData {
  splitter: SplitterName;
  /** What is done to text before it is split; by default nothing. */
  normalizer?: 'NFC' | undefined;
  /** The bytes of each ordinary token by id; undefined where the id is a special token's. */
  tokens: readonly (Uint8Array | undefined)[];
  /**
   * The merges by rank. `'ranks'`: any two tokens merge whose bytes together are a token, lowest id
   * first, as in tiktoken.
   */
  merges: MergeList | 'ranks';
  /** A piece that is a token takes it without merging; always so with `'ranks'`. */
  wholePieces: boolean;
  /** The ids of the special tokens, by their text. */
  specialTokens: ReadonlyMap<string, number>;
}

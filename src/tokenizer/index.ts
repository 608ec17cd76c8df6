export type { MergeList } from './bpe/merge-table.ts';
export type { StreamEncoder } from './bpe/stream-encoder.ts';
export { loadTokenizer } from './files/load-tokenizer.ts';
export { type PublishedName, publishedRanks } from './files/published-ranks.ts';
export { parseTiktoken, type TiktokenContext, writeTiktoken } from './files/tiktoken.ts';
export { parseTokenizerJson } from './files/tokenizer-json.ts';
export { writeTokenizerJson } from './files/write-tokenizer-json.ts';
export type { SpecialTokens } from './special-tokens.ts';
export { type SplitterName, splitterNames } from './splitters/splitter.ts';
export {
  type Compression,
  kindOfText,
  measureCompression,
  type TextKind,
} from './statistics.ts';
export type { StreamDecoder } from './stream-decoder.ts';
export { Tokenizer } from './tokenizer.ts';
export type { TokenizerData } from './tokenizer-data.ts';
export {
  type TokenizerTraining,
  type TrainingReport,
  trainTokenizer,
} from './training/train-tokenizer.ts';
export { withSpecialTokens } from './with-special-tokens.ts';

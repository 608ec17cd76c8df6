/** From documents to token shards, and from token shards to batches. */
export type { Batch } from './batch.ts';
export type { BatchSource } from './batch-source.ts';
export type { DocumentSource, RejectedDocument, SourceDocument } from './document.ts';
export {
  type RankBatch,
  type RankShare,
  rankShare,
  sampleIndex,
  shareOf,
} from './order/sample-index.ts';
export {
  type ConversationDataset,
  type ConversationTokens,
  openConversations,
} from './packing/conversation-dataset.ts';
export {
  type ConversationBatchSource,
  PackedBatches,
  type PackedBatchesConfig,
} from './packing/packed-batches.ts';
export type { PackedBatch } from './packing/packed-rows.ts';
export {
  type ConversationSetsConfig,
  type PlacedConversation,
  writeConversations,
} from './packing/write-conversations.ts';
export type { DatasetManifest, Totals } from './shards/manifest.ts';
export { type Subset, subsetChooser } from './shards/split.ts';
export { type OpenOptions, openTokenDataset, type TokenDataset } from './shards/token-dataset.ts';
export {
  type TokenShardsConfig,
  type TokenShardsReport,
  writeTokenShards,
} from './shards/write-token-shards.ts';
export {
  type SamplePlace,
  TokenBatches,
  type TokenBatchesConfig,
} from './token-batches.ts';
export { ValidationBatches, type ValidationBatchesConfig } from './validation-batches.ts';

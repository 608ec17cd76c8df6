/** What models read: the files of a corpus, and where they come from. */
export {
  type BuildConfig,
  type BuildOptions,
  type BuildSource,
  buildVersion,
  type DocumentFinding,
  findDocument,
  type ReaderSettings,
  type Scorer,
} from './build/index.ts';
export {
  type ConversationFiles,
  type ConversationPreparation,
  type ConversationRecord,
  type ConversationReport,
  type ConversationSource,
  conversationFiles,
  type Distribution,
  generatedConversations,
  type PreparedConversation,
  type PreparedConversations,
  prepareConversations,
} from './conversations/index.ts';
export {
  type Cluster,
  contaminationFilter,
  type DuplicateRules,
  type Duplicates,
  dropOfDuplicate,
  duplicateDefaults,
  EvaluationGrams,
  type EvaluationSet,
  findDuplicates,
  findRepeatedLines,
  largestClusters,
  lineHashesOf,
  type RepeatedLineRules,
  repeatedLineDefaults,
  repeatedLineFilter,
  type SignatureFile,
  SignatureFiles,
  signatureBytes,
  signatureOf,
} from './deduplicate/index.ts';
export type {
  Document,
  Drop,
  Filter,
  Origin,
  RawDocument,
  ReadRecord,
  Verdict,
} from './document.ts';
export { createExtractor, type ExtractionConfig, type Extractor } from './extract/extract.ts';
export {
  applyFilters,
  type FilterHelp,
  type FilterRules,
  makeFilters,
  plainRules,
  type RuleSet,
  ruleDefaults,
  webRules,
} from './filter/index.ts';
export {
  type CorpusManifest,
  readCorpusManifest,
  type SourceManifest,
  writeCorpusManifest,
} from './manifest.ts';
export { mixtureOf, type SourceShare, type SourceWeight } from './mix/index.ts';
export {
  type QualityModel,
  type QualityTraining,
  qualityModelHash,
  qualityOf,
  readQualityModel,
  trainQualityModel,
  writeQualityModel,
} from './quality/index.ts';
export { type FileList, listFiles } from './read/list-files.ts';
export { readFile } from './read/read-file.ts';
export { readSource } from './read/read-source.ts';
export {
  type ParquetLimits,
  type ReaderConfig,
  type RecordFields,
  readerConfigSchema,
  type SourceFile,
} from './read/reader-config.ts';
export {
  type ChatEndpoint,
  type SelfInstructOptions,
  type SelfInstructReport,
  selfInstruct,
} from './self-instruct/index.ts';
export {
  CorpusStore,
  compareDocuments,
  documentFilesOf,
  folderName,
  lineOf,
  type StoreContent,
  type StoredVersion,
  type VersionManifest,
  verifyFiles,
} from './version/index.ts';

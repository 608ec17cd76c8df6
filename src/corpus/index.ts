/** What models read: the files of a corpus, and where they come from. */
export {
  type BuildConfig,
  type BuildOptions,
  type BuildSource,
  buildVersion,
  type DocumentFinding,
  findDocument,
} from './build/index.ts';
export {
  type Cluster,
  type DuplicateRules,
  type Duplicates,
  dropOfDuplicate,
  duplicateDefaults,
  findDuplicates,
  largestClusters,
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
export {
  applyFilters,
  type FilterHelp,
  type FilterRules,
  makeFilters,
  plainRules,
  type RuleSet,
  ruleDefaults,
} from './filter/index.ts';
export {
  type CorpusManifest,
  readCorpusManifest,
  type SourceManifest,
  writeCorpusManifest,
} from './manifest.ts';
export {
  CorpusStore,
  compareDocuments,
  documentFilesOf,
  folderName,
  lineOf,
  type StoreContent,
  type StoredVersion,
  type VersionManifest,
} from './version/index.ts';

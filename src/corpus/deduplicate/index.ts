/** De-duplication: signatures of documents, and which documents of many files repeat others. */
export { type Cluster, dropOfDuplicate, largestClusters } from './clusters.ts';
export { contaminationFilter, EvaluationGrams, type EvaluationSet } from './contamination.ts';
export {
  type DuplicateRules,
  type Duplicates,
  duplicateDefaults,
  findDuplicates,
} from './find-duplicates.ts';
export {
  findRepeatedLines,
  lineHashesOf,
  mergeHashes,
  type RepeatedLineRules,
  repeatedLineDefaults,
  repeatedLineFilter,
} from './repeated-lines.ts';
export { signatureBytes, signatureOf } from './signature.ts';
export { type SignatureFile, SignatureFiles } from './signature-files.ts';

/** De-duplication: signatures of documents, and which documents of many files repeat others. */
export { type Cluster, dropOfDuplicate, largestClusters } from './clusters.ts';
export {
  type DuplicateRules,
  type Duplicates,
  duplicateDefaults,
  findDuplicates,
} from './find-duplicates.ts';
export { signatureBytes, signatureOf } from './signature.ts';
export { type SignatureFile, SignatureFiles } from './signature-files.ts';

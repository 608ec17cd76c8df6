/** Versions of a corpus in their store. */
export { lineOf } from './ancestors.ts';
export { compareDocuments } from './compare-documents.ts';
export { CorpusStore, type StoreContent } from './corpus-store.ts';
export type { StoredVersion } from './read-version.ts';
export { verifyFiles } from './verify-files.ts';
export { documentFilesOf } from './version-files.ts';
export type { VersionManifest } from './version-manifest.ts';
export { folderName } from './version-name.ts';

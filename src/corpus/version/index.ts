/** Versions of a corpus in their store. */
export { lineOf } from './ancestors.ts';
export { compareDocuments } from './compare-documents.ts';
export { CorpusStore, folderName, type StoreContent } from './corpus-store.ts';
export type { StoredVersion } from './read-version.ts';
export { documentFilesOf } from './version-files.ts';
export type { VersionManifest } from './version-manifest.ts';

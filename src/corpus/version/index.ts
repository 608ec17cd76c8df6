/** Versions of a corpus in their store. */
export { ancestorsOf, lineOf } from './ancestors.ts';
export { CorpusStore, folderName, type StoreContent } from './corpus-store.ts';
export { mixtureOf } from './mixture.ts';
export type { StoredVersion } from './read-version.ts';
export { documentFilesOf, dropFilesOf } from './version-files.ts';
export type { Amount, MixtureEntry, VersionManifest, VersionSource } from './version-manifest.ts';

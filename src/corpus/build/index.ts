/** From the files of sources to a version. */
export type {
  BuildConfig,
  BuildOptions,
  BuildSource,
  ReaderSettings,
  Scorer,
} from './build-config.ts';
export { buildVersion } from './build-version.ts';
export { type DocumentFinding, findDocument } from './find-document.ts';

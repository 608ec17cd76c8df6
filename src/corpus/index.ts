/** What models read: the files of a corpus, and where they come from. */
export {
  type CorpusManifest,
  readCorpusManifest,
  type SourceManifest,
  writeCorpusManifest,
} from './manifest.ts';

import type { Subset } from './shards/split.ts';

/** A document to turn into tokens; `readTexts` of src/base gives those of files. */
export interface SourceDocument {
  /** Bytes are UTF-8. */
  text: string | Uint8Array;
  /** Where it belongs, for a corpus that holds out documents itself. Default: by its hash. */
  subset?: Subset;
  /** Where it comes from, for the report on documents that are left out. */
  file?: string;
  line?: number;
}

/** A document that could not be read, with the reason by which it is counted. */
export interface RejectedDocument {
  rejected: string;
  file?: string;
  line?: number;
}

export type DocumentSource =
  | Iterable<SourceDocument | RejectedDocument>
  | AsyncIterable<SourceDocument | RejectedDocument>;

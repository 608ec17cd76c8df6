import type { Subset } from '../shards/split.ts';

/** A document to turn into tokens. */
export interface SourceDocument {
  /** Bytes are UTF-8. */
  text: string | Uint8Array;
  /** Where it belongs, for a corpus that holds out documents itself. Default: by its hash. */
  subset?: Subset;
}

/** A document that could not be read, with the reason by which it is counted. */
export interface RejectedDocument {
  rejected: string;
}

export type DocumentSource =
  | Iterable<SourceDocument | RejectedDocument>
  | AsyncIterable<SourceDocument | RejectedDocument>;

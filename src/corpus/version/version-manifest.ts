/** What a version of a corpus says of itself: `version.json`. */

/** Raised when older programs would misread a version. */
export const versionFormat = 2;

/** How much there is of something. */
export interface Amount {
  numDocuments: number;
  /** Of the texts, in UTF-8. */
  textBytes: number;
}

/** One file of documents: gzipped JSON lines, `{"id","text","source","url"?,"licence"?,"language"?}`. */
export interface VersionFile extends Amount {
  /** Relative to the folder of the version, with `/`. */
  path: string;
  /** Of the lines; equal on every machine, while compressors may differ. */
  contentSha256: string;
  /** Of the file as it lies there. */
  sha256: string;
  sizeBytes: number;
  /** SHA-256 of what lies beside it, which other versions and `corpus why` read. */
  parts: Readonly<Record<'drops' | 'duplicates' | 'ids' | 'idEnds' | 'signatures', string>>;
}

/** What became of the documents of one source. */
export interface VersionSource extends Amount {
  /** The part of the samples of a run that come from here, in relation to the other weights. */
  weight: number;
  /** The share that training holds out. */
  heldOut: number;
  /** The rules as they were written, and a hash of them and of the code's format. */
  rules: object;
  rulesHash: string;
  /** The files that were read; the hash is over their names and contents. */
  inputs: { numFiles: number; sizeBytes: number; sha256: string };
  /** Records, good and bad: `numRead` = `numDocuments` + the sum of `dropped`. */
  numRead: number;
  /** Reason → documents that it dropped. */
  dropped: Readonly<Record<string, number>>;
  /** With a tokenizer: how many of its tokens the texts are. */
  numTokens?: number;
  /** Licence, language → what there is of it; `unknown` where nothing says. */
  licences: Readonly<Record<string, Amount>>;
  languages: Readonly<Record<string, Amount>>;
  files: readonly VersionFile[];
  /** The beginnings of some texts. */
  samples: readonly { id: string; text: string }[];
}

/** A version that this one stands on: its documents belong to this one too, and stay where they are. */
export interface ParentVersion {
  name: string;
  id: string;
}

/** A source's part in training, over the version and all its ancestors. */
export interface MixtureEntry extends Amount {
  weight: number;
  /** Of all samples. */
  share: number;
  numTokens?: number;
  /** How often each of its texts is read, once as much is read as there is text in all sources. */
  epochs: number;
}

export interface VersionManifest {
  format: typeof versionFormat;
  name: string;
  description: string;
  /** SHA-256 of all that is said here but the name, the description and how files are compressed. */
  id: string;
  parents: readonly ParentVersion[];
  /** How duplicates were found. */
  deduplicate: Readonly<Record<string, unknown>>;
  /** SHA-256 of the tokenizer's vocabulary, where tokens were counted. */
  tokenizer?: string;
  /** What is new in this version. */
  sources: Readonly<Record<string, VersionSource>>;
  mixture: Readonly<Record<string, MixtureEntry>>;
}

/** What is known of a build beside its content: `built.json`. */
export interface BuildFacts {
  /** ISO 8601. */
  at: string;
  seconds: number;
  /** Source → where its files lay and how they were read, to look up texts that were dropped. */
  inputs: Readonly<
    Record<string, { files: readonly string[]; reader: object; extraction: object }>
  >;
}

/** What travels through the corpus: what a reader gives out, and what the steps behind it pass on. */

/** Where a document comes from. */
export interface Origin {
  /** The name of the source in the recipe. */
  readonly source: string;
  /** The file, relative to the root of its source where it has one. */
  readonly file: string;
  /** Line, row or record in the file, from 1; a file that is one document has none. */
  readonly record?: number;
  readonly url?: string;
  /** SPDX identifier, or the words of the source. */
  readonly licence?: string;
}

/** A document as it was found: bytes that are still to be decoded and extracted, or text. */
export interface RawDocument extends Origin {
  /**
   * Names the document in every report: source, file and record, or the id that its record had. The
   * same in each run and for any number of workers.
   */
  readonly id: string;
  readonly content:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'html'; readonly bytes: Uint8Array; readonly contentType?: string }
    | { readonly kind: 'code'; readonly text: string; readonly programmingLanguage: string };
}

/** A document whose text is extracted and normalised (NFC, `\n`, well-formed). */
export interface Document extends Origin {
  readonly id: string;
  readonly text: string;
  readonly kind: RawDocument['content']['kind'];
  readonly programmingLanguage?: string;
  /** ISO 639-1, Chinese with its script: `en`, `zh-Hans`, `zh-Hant`; set by the language filter. */
  readonly language?: string;
  /** What models say of it: `quality` from 0 to 1, `perplexity`; set by the filters of these names. */
  readonly scores?: Scores;
  /** Bytes of repeated lines that were cut out. */
  readonly cutBytes?: number;
}

export type Scores = Readonly<Record<string, number>>;

/** What stands in the way of a document: a rule by its name, and the number that decided. */
export interface Drop {
  /** `gopher: too few words`; one of a fixed set, so that it can be counted. */
  readonly reason: string;
  /** What was measured, and the limit that it passed. */
  readonly value?: number | string;
  readonly limit?: number | string;
  /** Where a score decided: that score, by its name. */
  readonly scores?: Scores;
}

/** A record that cannot be used, and why. */
export interface RejectedRecord {
  readonly rejected: Drop;
  readonly origin: Origin;
}

/** One record of a source: a document, or why it is none. */
export type ReadRecord = { readonly document: RawDocument } | RejectedRecord;

/** A filter's answer: the document, changed or not, or the reason that drops it. */
export type Verdict = { readonly document: Document } | { readonly drop: Drop };

/** Judges one document; pure. Made by a function that takes its typed parameters. */
export interface Filter {
  /** As reports name it: `gopher-quality`. */
  readonly name: string;
  judge(document: Document): Verdict;
}

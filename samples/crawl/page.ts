import type { Language } from '../grammar/index.ts';

/**
 * What a page of the crawl is. A good corpus keeps `article` and `half-duplicate`, and of an article
 * and its exact and near duplicates one.
 */
export type PageKind =
  | 'article'
  | 'exact-duplicate'
  | 'near-duplicate'
  | 'half-duplicate'
  | 'spam'
  | 'boilerplate'
  | 'garbled'
  | 'truncated';

/** The truth about a page, which a crawler would not know. */
export interface PageTruth {
  readonly kind: PageKind;
  readonly language: Language;
  /**
   * The text that a reader came for, paragraphs in lines; empty for boilerplate. Of a garbled or a
   * truncated page it is what was there before the damage.
   */
  readonly text: string;
  /** The id of the article that a duplicate repeats. */
  readonly duplicateOf?: string;
  /**
   * Jaccard similarity of the texts' 5-grams, of words in English and of characters in Chinese, to the
   * article that a duplicate repeats.
   */
  readonly similarity?: number;
  /** E-mail addresses and telephone numbers of (made-up) persons in the text. */
  readonly personalData: readonly string[];
}

/** One page as it came over the wire. */
export interface CrawlPage {
  /** World and index: `town-7/page-000012`. */
  readonly id: string;
  readonly index: number;
  readonly url: string;
  /** HTML in UTF-8, except where damage has made it something else. */
  readonly bytes: Uint8Array;
  readonly truth: PageTruth;
}

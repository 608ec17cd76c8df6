import type { Document, Drop, RawDocument, Verdict } from '../document.ts';
import { decodeText } from './encoding/decode-text.ts';
import { repairMojibake } from './encoding/repair-mojibake.ts';
import { garbledShare } from './garbled-text.ts';
import { chooseContent } from './html/choose-content.ts';
import { parsePage } from './html/page-parser.ts';
import { renderBlocks } from './html/render-blocks.ts';
import { normaliseCode, normaliseText } from './normalise-text.ts';

export interface ExtractionConfig {
  /**
   * How pages are read: by a scorer of our own in one pass, or by Mozilla's Readability, which builds
   * a tree and takes some ten times as long. Default: `fast`.
   */
  mode?: 'fast' | 'quality' | undefined;
  /** Texts of which a greater share is lost or garbled characters are dropped. Default: 0.02. */
  maxGarbledShare?: number | undefined;
}

/** Takes the text out of a document; pure. */
export type Extractor = (raw: RawDocument) => Verdict;

/** The text of a page's HTML, or why there is none. */
export type PageExtractor = (html: string) => string | Drop;

/**
 * Makes an extractor: bytes are decoded, mojibake is repaired, boilerplate goes, and what is left is
 * NFC with `\n`. What the quality mode needs is loaded only for it.
 */
export async function createExtractor(config: ExtractionConfig = {}): Promise<Extractor> {
  const { mode = 'fast', maxGarbledShare = 0.02 } = config;
  const extractPage =
    mode === 'fast' ? extractFast : (await import('./quality/readability.ts')).extractByReadability;
  return (raw) => {
    const text = textOf(raw, extractPage);
    if (typeof text !== 'string') return { drop: text };
    if (!text.isWellFormed()) return { drop: { reason: 'extraction: half a surrogate pair' } };
    if (text.trim() === '') return { drop: { reason: 'extraction: no content' } };
    const garbled = garbledShare(text);
    if (garbled > maxGarbledShare) {
      return { drop: { reason: 'extraction: garbled', value: garbled, limit: maxGarbledShare } };
    }
    return { document: documentOf(raw, text) };
  };
}

function textOf({ content }: RawDocument, extractPage: PageExtractor): string | Drop {
  if (content.kind === 'code') return normaliseCode(content.text);
  if (content.kind === 'text') return normaliseText(repairLines(content.text));
  const { bytes, contentType } = content;
  const decoded = decodeText(bytes, { contentType, isHtml: true });
  if (decoded === undefined) return { reason: 'extraction: unknown encoding' };
  const text = extractPage(decoded.text);
  return typeof text === 'string' ? normaliseText(text) : text;
}

/** Repairs line by line, for pages and files are often put together from several sources. */
function repairLines(text: string): string {
  const repaired = repairMojibake(text);
  return repaired === text ? text.split('\n').map(repairMojibake).join('\n') : repaired;
}

function extractFast(html: string): string | Drop {
  const page = parsePage(html);
  if (page === undefined) return { reason: 'extraction: nested too deeply' };
  return renderBlocks(chooseContent(page));
}

function documentOf({ content, ...origin }: RawDocument, text: string): Document {
  const { kind } = content;
  if (kind !== 'code') return { ...origin, text, kind };
  return { ...origin, text, kind, programmingLanguage: content.programmingLanguage };
}

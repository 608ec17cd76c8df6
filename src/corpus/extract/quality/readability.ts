/** The slower mode: Mozilla's Readability chooses the content, on a tree that linkedom builds. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { Drop } from '../../document.ts';
import { parsePage } from '../html/page-parser.ts';
import { renderBlocks } from '../html/render-blocks.ts';

/** Elements; pages with more take minutes. */
const maxElements = 50_000;

export function extractByReadability(html: string): string | Drop {
  // The same limit on depth, before a tree is built and walked recursively.
  if (parsePage(html) === undefined) return { reason: 'extraction: nested too deeply' };
  const { document } = parseHTML(html);
  if (document.getElementsByTagName('*').length > maxElements) {
    return { reason: 'extraction: too many elements', limit: maxElements };
  }
  const article = new Readability(document, { charThreshold: 200 }).parse();
  return renderBlocks(parsePage(article?.content ?? '')?.blocks ?? []);
}

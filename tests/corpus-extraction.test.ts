/** Extraction on pages whose truth is known. */
import { describe, expect, it } from 'vitest';
import { generateCrawl, similarity } from '../samples/crawl/index.ts';
import { createExtractor, type RawDocument } from '../src/corpus/index.ts';
import { count } from './tier.ts';

const page = (id: string, bytes: Uint8Array): RawDocument => ({
  ...{ id, source: 's', file: 'a.html' },
  content: { kind: 'html', bytes, contentType: 'text/html' },
});

describe('extraction of the sample crawl', () => {
  it('keeps the text of articles, and nothing of pages without any', async () => {
    const extract = await createExtractor();
    const numPages = count({ test: 300, pr: 2_000, slow: 20_000 });
    const wrong: string[] = [];
    for (const { bytes, truth, id } of generateCrawl({ seed: 5, size: 'village', numPages })) {
      const verdict = extract(page(id, bytes));
      const text = 'document' in verdict ? verdict.document.text : '';
      const alike = similarity(truth.text, text, truth.language);
      if (/article|duplicate/.test(truth.kind) && alike < 0.9)
        wrong.push(`${id} ${truth.kind} ${alike}`);
      if (truth.kind === 'boilerplate' && text !== '') wrong.push(`${id} boilerplate`);
    }
    expect(wrong.length, wrong.slice(0, 5).join('\n')).toBeLessThan(numPages / 100);
  });
});

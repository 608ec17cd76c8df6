/** Gopher's, C4's and FineWeb's filters and MinHash signatures of the same texts, on one thread. */
import { generateCrawl } from '../../samples/index.ts';
import { type Document, type Filter, makeFilters, signatureOf } from '../../src/corpus/index.ts';
import { inProcess, type Measurement, perSecond, race } from '../harness/index.ts';
import { benchTexts, documentsOf, writeText } from '../tokenizer/texts.ts';

const rules = { gopherQuality: {}, gopherRepetition: {}, c4: {}, fineWeb: {} };

/** The peer reads them in a quarter of a minute, so that seven rounds of both kinds take less than five. */
const numDocuments = 200;

/** English only: datatrove has no rules for Chinese, and its words would be other ones. */
const sources = {
  english: () => documentsOf(benchTexts().get('english') ?? '').slice(0, numDocuments),
  crawl: () =>
    [...generateCrawl({ seed: 1, numPages: 800 })]
      .filter(({ truth }) => truth.language === 'en' && truth.text !== '')
      .map(({ truth }) => truth.text)
      .slice(0, numDocuments),
};

export const cleaning: readonly Measurement[] = Object.entries(sources).map(([kind, texts]) => ({
  name: `clean ${kind}`,
  async measure(context) {
    const documents = texts().map(documentOf);
    const filters = await makeFilters(rules);
    const ours = inProcess('Athanor', (times) => {
      for (let i = 0; i < times; i++) for (const document of documents) clean(filters, document);
    });
    const lines = documents.map(({ text }) => JSON.stringify({ text })).join('\n');
    const file = writeText(`${kind}.jsonl`, lines);
    await context.peer?.call('read_documents', { kind, file });
    const theirs = context.peer?.contestant(`clean ${kind}`);
    const scale = perSecond(documents.length, 'documents');
    return [await race({ name: `clean ${kind}`, scale, target: 2, ours, theirs }, context)];
  },
}));

/** Every filter looks at every document, so that both sides do the same work whatever they drop. */
function clean(filters: readonly Filter[], document: Document): Uint8Array {
  let current = document;
  for (const filter of filters) {
    const verdict = filter.judge(current);
    if ('document' in verdict) current = verdict.document;
  }
  return signatureOf(current);
}

function documentOf(text: string, index: number): Document {
  return { id: `bench/${index}`, source: 'bench', file: 'bench.txt', kind: 'text', text };
}

/** Pages of the sample crawl, extracted on one thread. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCrawl } from '../../samples/index.ts';
import { createExtractor, type RawDocument } from '../../src/corpus/index.ts';
import { type Contestant, inProcess, type Measurement, perSecond, race } from '../harness/index.ts';

/** Articles of both languages; pages without content would be too easy. */
const numPages = 300;

type Mode = 'fast' | 'quality';

const contests: readonly [mode: Mode, rival: string, target: number][] = [
  ['fast', 'trafilatura', 5],
  ['fast', 'justext', 5],
  ['quality', 'trafilatura', 1],
];

export const extraction: readonly Measurement[] = contests.map(([mode, rival, target]) => ({
  name: `${mode} mode, against ${rival}`,
  async measure(context) {
    const pages = articles();
    await context.peer?.call('read_pages', { file: writePages(pages) });
    const theirs = context.peer?.contestant(rival);
    const scale = perSecond(pages.length, 'pages');
    const name = `${mode} mode, against ${rival}`;
    return [await race({ name, scale, target, ours: await ours(mode, pages), theirs }, context)];
  },
}));

async function ours(mode: Mode, pages: readonly Uint8Array[]): Promise<Contestant> {
  const extract = await createExtractor({ mode });
  const documents = pages.map((bytes, i) => documentOf(bytes, i));
  return inProcess('Athanor', (times) => {
    for (let i = 0; i < times; i++) for (const document of documents) extract(document);
  });
}

function articles(): Uint8Array[] {
  const crawl = [...generateCrawl({ seed: 1, numPages: 2 * numPages })];
  const found = crawl.filter(({ truth }) => /article|duplicate/.test(truth.kind));
  return found.slice(0, numPages).map(({ bytes }) => bytes);
}

function documentOf(bytes: Uint8Array, index: number): RawDocument {
  const content = { kind: 'html', bytes } as const;
  return { id: `bench/${index}`, source: 'bench', file: `${index}.html`, content };
}

function writePages(pages: readonly Uint8Array[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'athanor-bench-')), 'pages.json');
  writeFileSync(file, JSON.stringify(pages.map((bytes) => Buffer.from(bytes).toString('base64'))));
  return file;
}

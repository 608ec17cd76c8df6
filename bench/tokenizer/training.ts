/** Training and exchange of files with Python `tokenizers`. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SeededRandom } from '../../src/base/index.ts';
import {
  loadTokenizer,
  Tokenizer,
  trainTokenizer,
  writeTokenizerJson,
} from '../../src/tokenizer/index.ts';
import { awkwardText } from '../../src/tokenizer/testing/awkward-text.ts';
import { type Context, inProcess, type Measurement, perSecond, race } from '../harness/index.ts';
import { benchTexts, documentsOf, writeText } from './texts.ts';

const numThreads = 2;
const vocabSize = 256 + 32_000;

/** 32,000 merges on about 20 MB, equal pattern and options, two cores each. */
export const training: Measurement = {
  name: 'train 32,000 merges',
  async measure(context) {
    const { corpus, numBytes } = writeCorpus();
    const training = {
      files: [corpus],
      vocabSize,
      splitter: 'llama3',
      numWorkers: numThreads,
    } as const;
    let merges: unknown;
    const ours = inProcess('Athanor', async (times) => {
      for (let i = 0; i < times; i++) merges = (await trainTokenizer(training)).data.merges;
    });
    await context.peer?.call('read_corpus', { file: corpus, vocab_size: vocabSize });
    const theirs = context.peer?.contestant('train');
    const scale = perSecond(numBytes / 1e6, 'MB');
    const { name } = this;
    const speed = await race({ name, scale, target: 1, ours, theirs }, context);
    if (context.peer === undefined) return [speed];
    const file = join(dirname(corpus), 'theirs.json');
    await context.peer.call('save_trained', { file });
    return [speed, await equalMerges(merges, file)];
  },
};

async function equalMerges(merges: unknown, theirFile: string) {
  const theirs = (await loadTokenizer(theirFile)).data.merges;
  const equal = JSON.stringify(merges) === JSON.stringify(theirs);
  return agreement('merges equal to theirs', equal ? 32_000 : 0, 32_000);
}

/** Our tokenizer.json read by `tokenizers` and `transformers`, and theirs read by us. */
export const exchange: Measurement = {
  name: 'exchange of tokenizer.json',
  async measure({ peer }) {
    if (peer === undefined) return [];
    const texts = awkwardTexts(10_000);
    const textsFile = writeText('texts.json', JSON.stringify(texts));
    const exchanged = { peer, texts, textsFile, ...writeCorpus() };
    return [...(await oursInTheirs(exchanged)), ...(await theirsInOurs(exchanged))];
  },
};

interface Exchanged {
  peer: NonNullable<Context['peer']>;
  texts: readonly string[];
  /** Where the peer reads them. */
  textsFile: string;
  /** What tokenizers are trained on. */
  corpus: string;
}

async function oursInTheirs({ peer, texts, textsFile, corpus }: Exchanged) {
  const rows = [];
  for (const splitter of ['athanor', 'gpt2', 'cl100k', 'llama3', 'qwen2'] as const) {
    const { data } = await trainTokenizer({ files: [corpus], vocabSize: 8_000, splitter });
    const tokenizer = new Tokenizer(data);
    const file = join(dirname(textsFile), `${splitter}.json`);
    writeFileSync(file, writeTokenizerJson(data));
    const ids = texts.map((text) => [...tokenizer.encode(text)]);
    for (const library of ['tokenizers', 'transformers']) {
      const asked = { library, file, texts: textsFile };
      const theirs = await peer.call<number[][]>('encode_all', asked);
      rows.push(agreement(`${splitter}, ours in ${library}`, numEqual(ids, theirs), ids.length));
    }
  }
  return rows;
}

async function theirsInOurs({ peer, texts, textsFile, corpus }: Exchanged) {
  const rows = [];
  for (const splitter of ['gpt2', 'llama3']) {
    const file = join(dirname(textsFile), `theirs-${splitter}.json`);
    await peer.call('train_small', { splitter, corpus, file });
    const tokenizer = await loadTokenizer(file);
    const ids = texts.map((text) => [...tokenizer.encode(text)]);
    const asked = { library: 'tokenizers', file, texts: textsFile };
    const theirs = await peer.call<number[][]>('encode_all', asked);
    rows.push(agreement(`${splitter}, theirs in ours`, numEqual(ids, theirs), ids.length));
  }
  return rows;
}

function writeCorpus(): { corpus: string; numBytes: number } {
  const documents = documentsOf(benchTexts().get('mixed') ?? '');
  const lines = documents.map((text) => JSON.stringify({ text })).join('\n');
  const numBytes = documents.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { corpus: writeText('corpus.jsonl', lines), numBytes };
}

/** Without the characters that the libraries' older Unicode data may class otherwise. */
function awkwardTexts(numTexts: number): string[] {
  const random = new SeededRandom(3);
  return Array.from({ length: numTexts }, () => stable(awkwardText(random)));
}

function stable(text: string): string {
  return text.replace(/[^\0-\u{2fff}\u{3000}-\u{9fa5}\u{ac00}-\u{d7a3}\u{1f300}-\u{1f64f}]/gu, '');
}

function numEqual(a: readonly number[][], b: readonly number[][]): number {
  return a.filter((ids, i) => ids.join() === b[i]?.join()).length;
}

function agreement(name: string, equal: number, total: number) {
  const ratio = equal / total;
  const spread = null;
  return {
    ...{ name, unit: 'equal', ours: equal, peer: total, peerName: 'all', ratio, target: 1 },
    ...{ pass: equal === total, spread },
  };
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { FileError, SeededRandom } from '../../base/index.ts';
import type { SplitterName } from '../splitters/splitter.ts';
import { awkwardText } from '../testing/awkward-text.ts';
import { Tokenizer } from '../tokenizer.ts';
import { trainTokenizer } from '../training/train-tokenizer.ts';
import { loadTokenizer } from './load-tokenizer.ts';
import { publishedRanks } from './published-ranks.ts';
import { parseTiktoken, writeTiktoken } from './tiktoken.ts';
import { parseTokenizerJson } from './tokenizer-json.ts';
import { writeTokenizerJson } from './write-tokenizer-json.ts';

interface Fixture {
  corpus: string[];
  texts: string[];
  cases: { splitter: SplitterName; file: string; ids: number[][] }[];
}

const fixtureFile = new URL('../fixtures/hugging-face.json', import.meta.url);
const fixture = JSON.parse(readFileSync(fixtureFile, 'utf8')) as Fixture;

describe.each(fixture.cases)(
  'a tokenizer.json of Hugging Face, $splitter',
  ({ splitter, file, ids }) => {
    const tokenizer = new Tokenizer(parseTokenizerJson(file, 'tokenizer.json'));

    it('gives the ids that it gives there', () => {
      expect(tokenizer.data.splitter).toBe(splitter);
      for (const [i, text] of fixture.texts.entries()) {
        expect([...tokenizer.encode(text)], JSON.stringify(text)).toEqual(ids[i]);
      }
    });

    it('has the merges that our training learns from the same corpus', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'athanor-tokenizer-'));
      const corpus = join(folder, 'corpus.jsonl');
      writeFileSync(corpus, fixture.corpus.map((text) => JSON.stringify({ text })).join('\n'));
      const { data } = await trainTokenizer({ files: [corpus], vocabSize: 600, splitter });
      rmSync(folder, { recursive: true });
      expect(data.merges).toEqual(tokenizer.data.merges);
    });
  },
);

describe('written files', () => {
  const tokenizer = new Tokenizer(parseTokenizerJson(fixture.cases[1]?.file ?? '', 'f'));

  it('are read again as the same tokenizer', () => {
    const again = new Tokenizer(parseTokenizerJson(writeTokenizerJson(tokenizer.data), 'f'));
    expect(again.hash).toBe(tokenizer.hash);
    const ranks = publishedRanks('gpt2');
    const { data } = ranks;
    const context = { splitter: data.splitter, specialTokens: data.specialTokens };
    expect(new Tokenizer(parseTiktoken(writeTiktoken(data), 'f', context)).hash).toBe(ranks.hash);
  });

  it('hold ranks and merges that give the same ids', () => {
    const ranks = publishedRanks('gpt2');
    const merges = new Tokenizer(parseTokenizerJson(writeTokenizerJson(ranks.data), 'f'));
    const back = new Tokenizer(
      parseTiktoken(writeTiktoken(tokenizer.data), 'f', { splitter: 'llama3' }),
    );
    const random = new SeededRandom(81);
    for (let i = 0; i < count({ test: 1_000, pr: 10_000, slow: 100_000 }); i++) {
      const text = awkwardText(random);
      expect(merges.encode(text).join()).toBe(ranks.encode(text).join());
      expect(back.encode(text).join()).toBe(tokenizer.encode(text).join());
    }
  });

  it('are refused as .tiktoken when ids do not follow the merges', () => {
    const { data } = tokenizer;
    const merges = structuredClone(data.merges) as Exclude<typeof data.merges, 'ranks'>;
    merges.result.set([merges.result[1] as number, merges.result[0] as number]);
    expect(() => writeTiktoken({ ...data, merges })).toThrow(/ids in the order of its merges/);
  });
});

describe('loading', () => {
  it('names the file that is missing, is not UTF-8, is not JSON or lacks its splitter', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'athanor-tokenizer-'));
    const write = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const good = write('tokenizer.json', fixture.cases[0]?.file ?? '');
    expect((await loadTokenizer(good)).vocabSize).toBeGreaterThan(256);
    await expect(loadTokenizer(join(folder, 'none.json'))).rejects.toThrow(
      /none.json must be a read/,
    );
    await expect(loadTokenizer(write('a.json', '{'))).rejects.toThrow(/a.json must be JSON/);
    await expect(loadTokenizer(write('b.json', Uint8Array.of(255)))).rejects.toThrow(/UTF-8/);
    const ranks = write('c.tiktoken', writeTiktoken(publishedRanks('gpt2').data));
    await expect(loadTokenizer(ranks)).rejects.toThrow(
      /c.tiktoken must come with the name of its splitter/,
    );
    expect((await loadTokenizer(ranks, 'gpt2')).vocabSize).toBe(50_256);
    rmSync(folder, { recursive: true });
  });
});

describe('hostile ranks', () => {
  it.each([
    ['no base64', 'IQ== 0\n!!! 1\n', /line 2 must be a token in base64/],
    ['no rank', 'IQ==\n', /line 1 must be a token in base64/],
    ['a negative rank', 'IQ== -1\n', /line 1 must be a token/],
    ['a huge rank', 'IQ== 9999999\n', /line 1 must hold a rank below/],
    ['a rank twice', 'IQ== 0\nIg== 0\n', /line 2 must hold a rank of its own/],
    ['a token twice', 'IQ== 0\nIQ== 1\n', /line 2 must hold a token of its own/],
    ['base64 with spare bits', 'IR== 0\n', /canonical form/],
    ['an empty token', ' 0\n', /line 1 must be a token/],
  ])('are refused: %s', (_, text, message) => {
    expect(() => parseTiktoken(text, 'f', { splitter: 'gpt2' })).toThrow(message);
    expect(() => parseTiktoken(text, 'f', { splitter: 'gpt2' })).toThrow(FileError);
  });

  it('are refused without all bytes', () => {
    const data = parseTiktoken('IQ== 0\n', 'f', { splitter: 'gpt2' });
    expect(() => new Tokenizer(data)).toThrow(/a token for each of the 256 bytes, got none for 0/);
  });
});

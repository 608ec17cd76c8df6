import * as cl100kRival from 'gpt-tokenizer/encoding/cl100k_base';
import * as gpt2Rival from 'gpt-tokenizer/encoding/r50k_base';
import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { count } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { LongMerge } from './bpe/merge-long.ts';
import { ShortMerger } from './bpe/merge-short.ts';
import { MergeTable } from './bpe/merge-table.ts';
import { mergesOfRanks } from './bpe/merges-of-ranks.ts';
import { TokenBuffer } from './bpe/token-buffer.ts';
import { Vocabulary } from './bpe/vocabulary.ts';
import { publishedRanks } from './files/published-ranks.ts';
import { awkwardText, stableText } from './testing/awkward-text.ts';
import { hostileTexts } from './testing/hostile-texts.ts';
import { referenceEncode } from './testing/reference-bpe.ts';
import { byteIdsOf } from './tokenizer-identity.ts';

const rivals = {
  gpt2: { name: 'gpt2', npm: gpt2Rival, wasm: get_encoding('gpt2') },
  cl100k: { name: 'cl100k', npm: cl100kRival, wasm: get_encoding('cl100k_base') },
} as const;

describe.each(Object.values(rivals))('encoding with the ranks of $name', ({ name, npm, wasm }) => {
  const tokenizer = publishedRanks(name);

  it('equals the published encoders', () => {
    const random = new SeededRandom(51);
    for (let i = 0; i < count({ test: 3_000, pr: 100_000, slow: 1_000_000 }); i++) {
      const text = stableText(random);
      const ids = tokenizer.encode(text).join();
      if (ids !== npm.encode(text, { disallowedSpecial: new Set() }).join()) {
        expect.fail(`gpt-tokenizer differs on ${JSON.stringify(text)}`);
      }
      // The package holds the older pattern of GPT-4, which cuts final whitespace at newlines.
      if (/\s$/u.test(text)) continue;
      if (ids !== wasm.encode_ordinary(text).join()) {
        expect.fail(`tiktoken differs on ${JSON.stringify(text)}`);
      }
    }
  });

  it('equals the slow reference', () => {
    const random = new SeededRandom(52);
    for (let i = 0; i < count({ test: 1_000, pr: 10_000, slow: 1_000_000 }); i++) {
      const text = awkwardText(random);
      if (tokenizer.encode(text).join() !== referenceEncode(tokenizer, text).join()) {
        expect.fail(`differs on ${JSON.stringify(text)}`);
      }
    }
  });

  it('gives the same in parts, in slices and with a cache that is warm', async () => {
    const random = new SeededRandom(53);
    const stream = tokenizer.streamEncoder();
    for (let i = 0; i < count({ test: 300, pr: 3_000, slow: 30_000 }); i++) {
      const text = awkwardText(random).repeat(1 + random.int(3)) + 'x'.repeat(random.int(300));
      const expected = tokenizer.encode(text).join();
      const bytes = Buffer.from(text);
      const ids: number[] = [];
      for (let at = 0, length = 0; at < bytes.length; at += length) {
        length = 1 + random.int(40);
        ids.push(...stream.push(bytes.subarray(at, at + length)));
      }
      ids.push(...stream.end());
      expect(ids.join(), JSON.stringify(text)).toBe(expected);
      expect((await tokenizer.encodeInSlices(text)).join()).toBe(expected);
      expect(tokenizer.encode(text).join()).toBe(expected);
    }
  });

  it('gives the same for large texts, cut where they can be', async () => {
    const random = new SeededRandom(55);
    const slices = tokenizer.sliceEncoder(1);
    for (let i = 0; i < count({ test: 5, pr: 50, slow: 500 }); i++) {
      const awkward = Array.from({ length: 200 }, () => awkwardText(random)).join('');
      const middle = random.pick([
        '',
        '中'.repeat(10_000),
        'x'.repeat(2 ** 16),
        ' '.repeat(2 ** 15),
      ]);
      const bytes = Buffer.from((awkward + middle).repeat(3));
      const expected = tokenizer.encode(bytes).join();
      expect((await slices.encode(bytes)).join(), `text ${i}`).toBe(expected);
    }
  });

  it('equals the slow reference on hostile texts', () => {
    for (const { name: hostile, text } of hostileTexts(
      count({ test: 300, pr: 1_000, slow: 3_000 }),
    )) {
      if (tokenizer.encode(text).join() !== referenceEncode(tokenizer, text).join()) {
        expect.fail(`differs on ${hostile}`);
      }
    }
  });
});

// An encoder that is quadratic in the length of a word needs hours for this, not seconds.
it('survives long hostile texts and gives them back', async () => {
  const tokenizer = publishedRanks('cl100k');
  const sizeBytes = count({ test: 100_000, pr: 1_000_000, slow: 10_000_000 });
  for (const { name: hostile, text } of hostileTexts(sizeBytes)) {
    const ids = await tokenizer.encodeInSlices(text);
    if (tokenizer.decode(ids) !== text) expect.fail(`${hostile} changed`);
  }
}, 600_000);

describe('merging long pieces', () => {
  it('equals merging short ones', () => {
    const { data } = publishedRanks('gpt2');
    const vocabulary = new Vocabulary(data.tokens);
    const merges = new MergeTable(mergesOfRanks(vocabulary), byteIdsOf(data), true);
    const short = new ShortMerger(merges);
    const random = new SeededRandom(54);
    for (let i = 0; i < count({ test: 3_000, pr: 30_000, slow: 300_000 }); i++) {
      const letters = Buffer.from(random.pick(['ab', 'aab', 'the ', 'etaoin', '中的一', 'AC']));
      const piece = Uint8Array.from({ length: 1 + random.int(96) }, () =>
        random.pick([...letters]),
      );
      const [a, b] = [new TokenBuffer(), new TokenBuffer()];
      short.merge(piece, 0, piece.length, a);
      const long = new LongMerge(merges, piece);
      while (!long.run(1 + random.int(50), b));
      expect(b.take()).toEqual(a.take());
    }
  });

  it('refuses what is hardly text', () => {
    const { data } = publishedRanks('gpt2');
    const merges = new MergeTable(
      { left: Int32Array.of(), right: Int32Array.of(), result: Int32Array.of() },
      byteIdsOf(data),
      true,
    );
    const endless = new Uint8Array(2 ** 28 + 1);
    expect(() => new LongMerge(merges, endless)).toThrow(/without any word boundary/);
  });
});

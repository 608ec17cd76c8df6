import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { ConfigError } from '../../base/index.ts';
import { openTokenDataset, type TokenShardsConfig, writeTokenShards } from '../index.ts';
import { byteTokenizer } from '../testing/byte-tokenizer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const tokenizer = byteTokenizer();
const endOfText = 256;
const encode = (text: string) => [...Buffer.from(text), endOfText];

async function write(texts: readonly string[], config: Partial<TokenShardsConfig> = {}) {
  const directory = join(temporaryFolder(), 'tokens');
  const documents = texts.map((text) => ({ text }));
  const report = await writeTokenShards({ documents, tokenizer, directory, ...config });
  const open = (subset: string) => {
    const dataset = openTokenDataset(join(directory, subset), { tokenizerHash: tokenizer.hash });
    onTestFinished(() => dataset.close());
    return dataset;
  };
  return { directory, report, train: open('train'), validation: open('validation') };
}

function documentsOf(dataset: ReturnType<typeof openTokenDataset>): string[] {
  return Array.from({ length: dataset.numDocuments }, (_, i) => {
    const ids = dataset.readDocument(i);
    expect(ids.at(-1)).toBe(endOfText);
    return tokenizer.decode(ids.subarray(0, -1));
  });
}

describe('writeTokenShards', () => {
  it('writes documents that come back, in order, across shards', async () => {
    const texts = ['春眠不觉晓', 'a', 'spring sleep', 'b'.repeat(50), 'c'];
    const { train, validation, report, directory } = await write(texts, { maxShardTokens: 20 });
    expect(documentsOf(train)).toEqual(texts);
    expect(validation.numDocuments).toBe(0);
    const numTextBytes = Buffer.byteLength(texts.join(''));
    const totals = { numDocuments: 5, numTokens: numTextBytes + 5, numTextBytes };
    expect(report).toMatchObject({ numRead: 5, train: totals, rejected: {} });
    expect(train.manifest.shards.map((shard) => shard.numTokens)).toEqual([18, 13, 51, 2]);
    const all = new Uint32Array(train.numTokens);
    train.readTokens(0, all);
    expect([...all]).toEqual(texts.flatMap(encode));
    expect(readFileSync(join(directory, 'train', 'shard-00003.tokens')).toString('hex')).toBe(
      '63000001',
    );
  });

  it('stores ids above 65,535 in four bytes', async () => {
    const wide = byteTokenizer(70_000);
    const directory = join(temporaryFolder(), 'tokens');
    await writeTokenShards({ documents: [{ text: 'ab' }], tokenizer: wide, directory });
    using dataset = openTokenDataset(join(directory, 'train'));
    expect([...dataset.readDocument(0)]).toEqual([97, 98, 70_000]);
    expect(dataset.manifest.shards[0]?.tokens.sizeBytes).toBe(12);
  });

  it('holds out by hash: nothing moves when documents are added or reordered', async () => {
    const split = { validationFraction: 0.3, splitSeed: 7 };
    const texts = Array.from({ length: 400 }, (_, i) => `document ${i}`);
    const before = await write(texts.slice(0, 200), split);
    const after = await write(texts.toReversed(), split);
    const heldOut = new Set(documentsOf(after.validation));
    expect(heldOut.size).toBeGreaterThan(80);
    expect(heldOut.size).toBeLessThan(160);
    for (const text of documentsOf(before.validation)) expect(heldOut).toContain(text);
    for (const text of documentsOf(before.train)) expect(heldOut).not.toContain(text);
    const other = await write(texts, { ...split, splitSeed: 8 });
    expect(new Set(documentsOf(other.validation))).not.toEqual(heldOut);
  });

  it('obeys documents that say where they belong', async () => {
    const documents = [{ text: 'a', subset: 'validation' } as const, { text: 'b' }];
    const { train, validation } = await write([], { documents });
    expect([documentsOf(train), documentsOf(validation)]).toEqual([['b'], ['a']]);
  });

  it('counts what it reads: train + validation + rejected by reason', async () => {
    const documents = [
      ...[{ text: 'good' }, { text: '' }, { text: new Uint8Array(0) }, { text: 'x\ud800' }],
      ...[
        { text: Buffer.from('晓') },
        { text: Uint8Array.of(0xff) },
        { rejected: 'not JSON', file: 'a.jsonl', line: 7 },
      ],
    ];
    const { report } = await write([], { documents, validationFraction: 0.5 });
    const { numRead, train, validation, rejected } = report;
    const reasons = { empty: 2, 'half a surrogate pair': 1, 'not UTF-8': 1, 'not JSON': 1 };
    expect(rejected).toEqual(reasons);
    expect(report.rejectedAt).toMatchObject({ 'not JSON': ['a.jsonl:7'], empty: [] });
    expect([numRead, train.numDocuments + validation.numDocuments]).toEqual([7, 2]);
  });

  it('never makes a special token of what a text says', async () => {
    const { train } = await write(['a<|endoftext|>b']);
    expect([...train.readDocument(0)].filter((id) => id === endOfText)).toHaveLength(1);
  });

  it('reads any range as the list of all tokens has it', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => 'x'.repeat(i % 9) + i);
    const { train } = await write(texts, { maxShardTokens: 25 });
    const all = texts.flatMap(encode);
    const range = fc.tuple(fc.nat(all.length), fc.nat(all.length));
    fc.assert(
      fc.property(range, ([a, b]) => {
        const out = new Uint32Array(Math.abs(a - b));
        train.readTokens(Math.min(a, b), out);
        expect([...out]).toEqual(all.slice(Math.min(a, b), Math.max(a, b)));
      }),
      { numRuns: count({ test: 100, pr: 1_000, slow: 10_000 }) },
    );
    expect(() => train.readTokens(all.length - 1, new Uint32Array(2))).toThrow(ConfigError);
    expect(() => train.readDocument(60)).toThrow(/a document must be inside the data set/);
  });
});

describe('writeTokenShards refuses', () => {
  const documents = [{ text: 'a' }];
  it('a folder that has something in it, and takes an empty one', async () => {
    const directory = temporaryFolder();
    await writeTokenShards({ documents, tokenizer, directory });
    const again = writeTokenShards({ documents, tokenizer, directory });
    await expect(again).rejects.toThrow(/must be a new or an empty folder, got .*train/);
  });

  it.each([
    ['a fraction above 1', { validationFraction: 1.5 }, /validationFraction must be from 0 to 1/],
    ['a token that is not special', { endOfText: '<end>' }, /special token must be one of/],
    ['shards of no length', { maxShardTokens: 0 }, /maxShardTokens must be a whole number/],
  ])('%s', async (_, config, message) => {
    const directory = join(temporaryFolder(), 'tokens');
    const written = writeTokenShards({ documents, tokenizer, directory, ...config });
    await expect(written).rejects.toThrow(message);
    expect(existsSync(directory)).toBe(false);
  });

  it('to leave anything behind when a document cannot be read', async () => {
    const parent = temporaryFolder();
    function* broken() {
      yield { text: 'a' };
      throw new Error('source is gone');
    }
    const directory = join(parent, 'tokens');
    const written = writeTokenShards({ documents: broken(), tokenizer, directory });
    await expect(written).rejects.toThrow('source is gone');
    expect(readdirSync(parent)).toEqual([]);
  });

  it('to keep what killed writers left', async () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, '.tokens.unfinished'));
    writeFileSync(join(parent, '.tokens.unfinished', 'shard-00000.tokens'), 'half');
    await writeTokenShards({ documents, tokenizer, directory: join(parent, 'tokens') });
    expect(readdirSync(parent)).toEqual(['tokens']);
    expect(readdirSync(join(parent, 'tokens'))).toEqual(['train', 'validation']);
  });

  it('a folder that another writer is at work on', async () => {
    const parent = temporaryFolder();
    const directory = join(parent, 'tokens');
    const second = () => writeTokenShards({ documents, tokenizer, directory });
    async function* whileSecondTries() {
      yield { text: 'first' };
      await expect(second()).rejects.toThrow(/tokens.lock must be free: .*held by process/);
    }
    await writeTokenShards({ documents: whileSecondTries(), tokenizer, directory });
    using dataset = openTokenDataset(join(directory, 'train'));
    expect(documentsOf(dataset)).toEqual(['first']);
    expect(readdirSync(parent)).toEqual(['tokens']);
  });
});

/** Conversations on disk, and what batches show of them. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { SeededRandom } from '../../base/index.ts';
import type { RenderedConversation } from '../../chat/index.ts';
import { scope } from '../../tensor/index.ts';
import {
  openConversations,
  openTokenDataset,
  PackedBatches,
  type PackedBatchesConfig,
  TokenBatches,
  writeConversations,
  writeTokenShards,
} from '../index.ts';
import { byteTokenizer } from '../testing/byte-tokenizer.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const tokenizer = byteTokenizer();

/** Ids from a number on, so that each tells where it comes from. */
function conversation(first: number, learned: readonly number[]): RenderedConversation {
  const ids = Uint32Array.from(learned, (_, i) => (first + i) % 256);
  return { ids, turns: new Int16Array(ids.length), learned: Uint8Array.from(learned) };
}

async function write(sets: Record<string, RenderedConversation[]>): Promise<string> {
  const directory = join(temporaryFolder(), 'data');
  const datasets = Object.keys(sets);
  const conversations = datasets.flatMap((dataset) =>
    (sets[dataset] ?? []).map((conversation) => ({ dataset, conversation })),
  );
  const documents = () => ({ 'report.json': '{}' });
  await writeConversations({ directory, tokenizer, datasets, conversations, documents });
  return directory;
}

const two = [conversation(10, [0, 0, 1, 1]), conversation(50, [0, 1, 0, 1, 0, 0])];

describe('data sets of conversations', () => {
  it('give back what was written, up to the last token that is learned', async () => {
    const directory = await write({ 'train/a': two, 'validation/a': [] });
    expect(fs.readFileSync(join(directory, 'report.json'), 'utf8')).toBe('{}');
    using dataset = openConversations(join(directory, 'train/a'), {
      tokenizerHash: tokenizer.hash,
    });
    expect(dataset.manifest).toMatchObject({ numConversations: 2, numTokens: 8, numLearned: 4 });
    expect([0, 1].map((i) => dataset.lengthOf(i))).toEqual([4, 4]);
    expect(dataset.conversation(1)).toEqual({
      ids: Uint32Array.of(50, 51, 52, 53),
      learned: Uint8Array.of(0, 1, 0, 1),
    });
    expect(() => dataset.conversation(2)).toThrow(/below 2/);
    using empty = openConversations(join(directory, 'validation/a'));
    expect(empty.numConversations).toBe(0);
  });

  it('leave nothing when they cannot be finished', async () => {
    const parent = temporaryFolder();
    const directory = join(parent, 'data');
    const config = { directory, tokenizer, datasets: ['a'] };
    const bad = [{ dataset: 'a', conversation: conversation(1, [1, 0, 0]) }];
    await expect(writeConversations({ ...config, conversations: bad })).rejects.toThrow(/to learn/);
    const lost = [{ dataset: 'b', conversation: conversation(1, [0, 1]) }];
    await expect(writeConversations({ ...config, conversations: lost })).rejects.toThrow(
      /one of a/,
    );
    expect(fs.readdirSync(parent)).toEqual([]);
  });

  it.each(['tokens', 'learned', 'ends'])('notice changed and cut %s', async (name) => {
    const directory = join(await write({ a: two }), 'a');
    const path = join(directory, `conversations.${name}`);
    const bytes = fs.readFileSync(path);
    fs.writeFileSync(path, Buffer.from(bytes.map((byte, i) => (i === 3 ? byte ^ 1 : byte))));
    expect(() => openConversations(directory)).toThrow(/another SHA-256/);
    fs.writeFileSync(path, bytes.subarray(1));
    expect(() => openConversations(directory)).toThrow(/must have \d+ bytes/);
  });

  it('refuse another tokenizer and a manifest that was edited', async () => {
    const directory = join(await write({ a: two }), 'a');
    const tokenizerHash = createHash('sha256').digest('hex');
    expect(() => openConversations(directory, { tokenizerHash })).toThrow(/must have the hash/);
    const path = join(directory, 'conversations.json');
    fs.writeFileSync(
      path,
      fs.readFileSync(path, 'utf8').replace('"numTokens": 8', '"numTokens": 9'),
    );
    expect(() => openConversations(directory)).toThrow(/another hash/);
  });
});

async function batchesOf(
  conversations: RenderedConversation[],
  config: Partial<PackedBatchesConfig> = {},
): Promise<PackedBatches> {
  const dataset = openConversations(join(await write({ a: conversations }), 'a'));
  return new PackedBatches({ sources: [{ dataset }], contextLength: 8, seed: 1, ...config });
}

/** The tensors of a batch as lists. */
function shown(batches: PackedBatches, firstSample: number, batchSize: number) {
  return scope(() => {
    const batch = batches.batchAt(firstSample, batchSize);
    const { tokens, targets, documents, positions, targetPlaces, placedTargets } = batch;
    const list = { tokens, targets, documents, positions, targetPlaces, placedTargets };
    const values = Object.entries(list).map(([name, value]) => [name, value.toArray()]);
    const { documentLengths, numTargets, numTokens } = batch;
    return { ...Object.fromEntries(values), documentLengths, numTargets, numTokens };
  });
}

describe('packed batches', () => {
  it('hold conversations behind each other, none of which reaches into the next', async () => {
    const rows = shown(await batchesOf(two), 0, 1);
    const isFirst = rows.tokens[0][0] === 10;
    const [a, b] = [
      { tokens: [10, 11, 12], targets: [-100, 12, 13] },
      { tokens: [50, 51, 52], targets: [51, -100, 53] },
    ];
    const order = isFirst ? [a, b] : [b, a];
    expect(rows).toEqual({
      tokens: [[...order.flatMap(({ tokens }) => tokens), 0, 0]],
      targets: [[...order.flatMap(({ targets }) => targets), -100, -100]],
      documents: [[0, 0, 0, 1, 1, 1, 2, 2]],
      positions: [[0, 1, 2, 0, 1, 2, 0, 1]],
      targetPlaces: isFirst ? [1, 2, 3, 5] : [0, 2, 4, 5],
      placedTargets: isFirst ? [12, 13, 51, 53] : [51, 53, 12, 13],
      documentLengths: [3, 3, 2],
      numTargets: 4,
      numTokens: 6,
    });
  });

  it('without packing have a row for each, as wide as the longest', async () => {
    const long = conversation(100, [0, 1, 1, 1, 1, 1]);
    const rows = shown(await batchesOf([...two, long], { packing: false }), 0, 3);
    expect(rows.tokens.map((row: number[]) => row.length)).toEqual([5, 5, 5]);
    expect([...rows.documentLengths].sort()).toEqual([2, 2, 3, 3, 5]);
    expect(rows.numTargets).toBe(9);
  });

  it('show every conversation once per epoch, whatever the batch size', async () => {
    const random = new SeededRandom(2);
    const all = Array.from({ length: 60 }, (_, i) =>
      conversation(4 * i, [0, ...Array.from({ length: 1 + random.int(7) }, () => 1)]),
    );
    const batches = await batchesOf(all);
    const numRows = batches.samplesOfEpochs(1);
    const tokens = Array.from({ length: numRows }, (_, row) => shown(batches, row, 1).tokens[0]);
    const heads = tokens.flatMap((row: number[], i) => {
      const { positions, targets } = shown(batches, i, 1);
      return row.filter((_, at) => positions[0][at] === 0 && targets[0][at] !== -100);
    });
    const sorted = (list: number[]) => list.sort((a, b) => a - b);
    expect(sorted(heads)).toEqual(sorted(all.map(({ ids }) => ids[0] as number)));
    fc.assert(
      fc.property(fc.nat(3 * numRows), fc.integer({ min: 1, max: 5 }), (first, size) => {
        const rows = Array.from({ length: size }, (_, i) => shown(batches, first + i, 1).tokens[0]);
        expect(shown(batches, first, size).tokens).toEqual(rows);
      }),
      { numRuns: count({ test: 20, pr: 500, slow: 5_000 }) },
    );
  });

  it('are mixed with windows of text at the stated share', async () => {
    const directory = join(temporaryFolder(), 'tokens');
    const documents = [{ text: 'z'.repeat(500) }];
    await writeTokenShards({ documents, tokenizer, directory });
    const sources = [{ name: 'text', dataset: openTokenDataset(join(directory, 'train')) }];
    const windows = new TokenBatches({ sources, contextLength: 8, seed: 1 });
    const batches = await batchesOf(two, { text: { share: 0.25, windows } });
    const rows = shown(batches, 0, 40);
    const isText = rows.tokens.map((row: number[]) => row.filter((id) => id === 122).length > 6);
    expect(isText.filter(Boolean)).toHaveLength(10);
    expect(rows.targets[isText.indexOf(true)]).not.toContain(-100);
    expect(rows.positions[isText.indexOf(true)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(batches.samplesOfEpochs(3)).toBe(4);
    expect(() => new PackedBatches({ ...batchConfig(windows), contextLength: 8 })).toThrow(
      /below 1/,
    );
  });
});

const batchConfig = (windows: TokenBatches) => ({
  sources: [],
  seed: 1,
  text: { share: 1, windows },
});

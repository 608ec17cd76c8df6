import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scope, type Tensor } from '../tensor/index.ts';
import {
  type Batch,
  openTokenDataset,
  TokenBatches,
  type TokenBatchesConfig,
  ValidationBatches,
  writeTokenShards,
} from './index.ts';
import { byteTokenizer } from './testing/byte-tokenizer.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const endOfText = 256;

async function datasetOf(texts: readonly string[], maxShardTokens = 20, endOfTextId = endOfText) {
  const directory = join(temporaryFolder(), 'tokens');
  const documents = texts.map((text) => ({ text }));
  const tokenizer = byteTokenizer(endOfTextId);
  await writeTokenShards({ documents, tokenizer, directory, maxShardTokens });
  const dataset = openTokenDataset(join(directory, 'train'));
  onTestFinished(() => dataset.close());
  return dataset;
}

const rowsOf = (tensor: Tensor) => {
  const width = tensor.size(1);
  const values = [...(tensor.toTypedArray() as BigInt64Array)].map(Number);
  return Array.from({ length: tensor.size(0) }, (_, row) =>
    values.slice(row * width, (row + 1) * width),
  );
};

/** The rows of a batch, whose tensors are freed. */
const read = (make: () => Batch) =>
  scope(() => {
    const { tokens, targets, documents, numTargets } = make();
    expect([tokens.dtype, targets.dtype, documents.dtype]).toEqual(['int64', 'int64', 'int64']);
    const [a, b, c] = [rowsOf(tokens), rowsOf(targets), rowsOf(documents)];
    return { tokens: a, targets: b, documents: c, numTargets };
  });

const words = Array.from({ length: 30 }, (_, i) =>
  'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + (i % 17)),
);
const stream = words.flatMap((word) => [...Buffer.from(word), endOfText]);

describe('TokenBatches', () => {
  const make = (sources: TokenBatchesConfig['sources'], config: Partial<TokenBatchesConfig> = {}) =>
    new TokenBatches({ sources, contextLength: 16, seed: 5, ...config });

  it('gives windows of the text, each with what follows and its documents', async () => {
    const dataset = await datasetOf(words);
    const batches = make([{ name: 'words', dataset }]);
    const circle = [...stream, ...stream];
    for (const first of [0, 7, 1_000_000]) {
      const { tokens, targets, documents, numTargets } = read(() => batches.batchAt(first, 8));
      expect(numTargets).toBe(8 * 16);
      for (const row of tokens.keys()) {
        const { start } = batches.placeOf(first + row);
        expect(tokens[row]).toEqual(circle.slice(start, start + 16));
        expect(targets[row]).toEqual(circle.slice(start + 1, start + 17));
        const before = circle.slice(start, start + 16).map((_, at, ids) => {
          return ids.slice(0, at).filter((id) => id === endOfText).length;
        });
        expect(documents[row]).toEqual(before);
      }
    }
  });

  it('can leave out the targets across documents', async () => {
    const batches = make([{ name: 'words', dataset: await datasetOf(words) }], {
      targetsAcrossDocuments: false,
    });
    const { tokens, targets, numTargets } = read(() => batches.batchAt(0, 8));
    const ids = tokens.flat();
    const learned = targets.flat().filter((target) => target !== -100);
    expect(targets.flat().map((target) => target === -100)).toEqual(
      ids.map((id) => id === endOfText),
    );
    expect(learned).toHaveLength(numTargets);
    expect(numTargets).toBeLessThan(8 * 16);
  });

  it('is a function of seed and index: cut batches, other objects, other orders of asking', async () => {
    const dataset = await datasetOf(words);
    const whole = read(() => make([{ name: 'words', dataset }]).batchAt(40, 12));
    const again = make([{ name: 'words', dataset }]);
    const parts = [8, 0, 4].map((at) => read(() => again.batchAt(40 + at, 4)).tokens);
    expect([parts[1], parts[2], parts[0]].flat()).toEqual(whole.tokens);
    expect(read(() => again.batchAt(40, 12))).toEqual(whole);
    const other = read(() => make([{ name: 'words', dataset }], { seed: 6 }).batchAt(40, 12));
    expect(other.tokens).not.toEqual(whole.tokens);
  });

  it('mixes by weight and reports epochs', async () => {
    const digits = await datasetOf(Array.from({ length: 20 }, (_, i) => `${i}`.repeat(9)));
    const sources = [
      { name: 'words', dataset: await datasetOf(words), weight: 3 },
      { name: 'digits', dataset: digits, weight: 1 },
    ];
    const batches = make(sources);
    expect(Object.fromEntries(batches.shares)).toEqual({ words: 0.75, digits: 0.25 });
    const { tokens } = read(() => batches.batchAt(0, 40));
    const isDigits = tokens.map((row) => row.every((id) => id < 58 || id === endOfText));
    expect(isDigits.filter(Boolean)).toHaveLength(10);
    expect(isDigits).toEqual(tokens.map((_, i) => batches.placeOf(i).source === 'digits'));
    const numWindows = Math.floor(digits.numTokens / 16);
    expect(batches.epochsAfter(8 * numWindows).get('digits')).toBe(2);
    expect(batches.placeOf(8 * numWindows + 3).epoch).toBeGreaterThan(0);
  });

  it('reads another order from a data set of another name', async () => {
    const dataset = await datasetOf(words);
    const [a, b] = ['a', 'b'].map((name) => read(() => make([{ name, dataset }]).batchAt(0, 20)));
    expect(a?.tokens).not.toEqual(b?.tokens);
  });

  it('refuses mixtures that make no sense', async () => {
    const dataset = await datasetOf(words);
    const foreign = await datasetOf(words, 20, 300);
    const pair = (name: string, other: typeof dataset) => [
      { name: 'a', dataset },
      { name, dataset: other },
    ];
    expect(() => make([])).toThrow(/the data sets must be 1 to 65,535, got 0/);
    expect(() => make(pair('a', dataset))).toThrow(/names of their own, got a twice/);
    expect(() => make(pair('b', foreign))).toThrow(/the data set b must be made by the tokenizer/);
    expect(() => make([{ name: 'a', dataset, weight: -1 }])).toThrow(/positive number, got -1/);
    const batches = make([{ name: 'a', dataset }]);
    expect(() => batches.batchAt(-1, 1)).toThrow(/firstSample .* from 0, got -1/);
    expect(() => batches.batchAt(0, 0.5)).toThrow(/batchSize .* from 1, got 0.5/);
  });
});

describe('ValidationBatches', () => {
  it.each([
    [16, 4],
    [7, 3],
    [1_000, 2],
  ])(
    'has each token as a target once (windows of %i, batches of %i)',
    async (contextLength, batchSize) => {
      const dataset = await datasetOf(words);
      const batches = new ValidationBatches({ dataset, contextLength, batchSize });
      const rows = Array.from({ length: batches.numBatches }, (_, i) =>
        read(() => batches.batchAt(i)),
      );
      const targets = rows.flatMap((batch) => batch.targets.flat());
      expect(targets.filter((target) => target !== -100)).toEqual(stream);
      expect(rows.reduce((sum, { numTargets }) => sum + numTargets, 0)).toBe(stream.length);
      const tokens = rows.flatMap((batch) => batch.tokens.flat());
      expect(tokens.slice(0, stream.length)).toEqual([endOfText, ...stream.slice(0, -1)]);
      expect(rows.flatMap((batch) => batch.tokens)).toHaveLength(batches.numWindows);
    },
  );

  it('has no batches where there is no text, and refuses others', async () => {
    const batches = new ValidationBatches({
      dataset: await datasetOf([]),
      contextLength: 4,
      batchSize: 2,
    });
    expect(batches.numBatches).toBe(0);
    expect(() => batches.batchAt(0)).toThrow(/index of a batch must be a whole number below 0/);
  });
});

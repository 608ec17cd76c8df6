/** Every window once per epoch and the same global batches, whatever stops and restarts a run. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { count } from '../../tests/tier.ts';
import { SeededRandom } from '../base/index.ts';
import { scope } from '../tensor/index.ts';
import { openTokenDataset, rankShare, TokenBatches, writeTokenShards } from './index.ts';
import { byteTokenizer } from './testing/byte-tokenizer.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const worldSizes = [1, 2, 3, 4, 6, 8];
/** Every document is one window: a number of seven digits and the end-of-text token. */
const contextLength = 8;

async function taggedDocuments(numDocuments: number): Promise<string> {
  const directory = join(temporaryFolder(), 'tokens');
  const documents = Array.from({ length: numDocuments }, (_, i) => ({
    text: String(i).padStart(contextLength - 1, '0'),
  }));
  const config = { documents, tokenizer: byteTokenizer(), directory, maxShardTokens: 10_000 };
  await writeTokenShards(config);
  return join(directory, 'train');
}

/** What a run of some ranks reads from one step to another: the tags of each step, rank by rank. */
function run(
  directory: string,
  worldSize: number,
  globalBatchSize: number,
  from: number,
  to: number,
) {
  const ranks = Array.from({ length: worldSize }, () => openTokenDataset(directory));
  const batches = ranks.map((dataset) => {
    const sources = [{ name: 'tags', dataset }];
    return new TokenBatches({ sources, contextLength, seed: 3, shiftWindows: false });
  });
  const steps: number[][] = [];
  for (let step = from; step < to; step++) {
    steps.push(
      batches.flatMap((rankBatches, rank) => {
        const share = rankShare({ step, globalBatchSize, rank, worldSize });
        return tagsOf(rankBatches, share.firstSample, share.numSamples);
      }),
    );
  }
  for (const dataset of ranks) dataset.close();
  return steps;
}

function tagsOf(batches: TokenBatches, firstSample: number, numSamples: number): number[] {
  const ids = scope(() => batches.batchAt(firstSample, numSamples).tokens.toTypedArray());
  return Array.from({ length: numSamples }, (_, row) => {
    let tag = 0;
    for (let at = 0; at < contextLength - 1; at++) {
      tag = 10 * tag + Number(ids[row * contextLength + at]) - 48;
    }
    return tag;
  });
}

const sorted = (numbers: Iterable<number>) => [...numbers].toSorted((a, b) => a - b);

it('splits an epoch over any world sizes with restarts anywhere', async () => {
  const numDocuments = 240;
  const directory = await taggedDocuments(numDocuments);
  const reference = run(directory, 1, 24, 0, 20);
  const plan = fc.array(
    fc.record({
      worldSize: fc.constantFrom(...worldSizes),
      numSteps: fc.integer({ min: 1, max: 8 }),
      lost: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 5 },
  );
  const property = fc.property(plan, (sessions) => {
    const ledger: number[][] = [];
    for (const { worldSize, numSteps, lost } of [
      ...sessions,
      { worldSize: 8, numSteps: 20, lost: 0 },
    ]) {
      ledger.length = Math.max(0, ledger.length - lost);
      const end = Math.min(20, ledger.length + numSteps);
      ledger.push(...run(directory, worldSize, 24, ledger.length, end));
    }
    expect(ledger).toEqual(reference);
  });
  fc.assert(property, { numRuns: count({ test: 15, pr: 150, slow: 1_500 }) });
  for (const epoch of [reference.slice(0, 10), reference.slice(10)]) {
    expect(sorted(epoch.flat())).toEqual(Array.from({ length: numDocuments }, (_, i) => i));
  }
  expect(reference.slice(0, 10)).not.toEqual(reference.slice(10));
});

const numDocuments = count({ test: 20_000, pr: 100_000, slow: 100_000 });
const numRestarts = count({ test: 2, pr: 10, slow: 200 });
it(`reads each of ${numDocuments} documents twice in two epochs with ${numRestarts} kills`, async () => {
  const directory = await taggedDocuments(numDocuments);
  const globalBatchSize = 48;
  const numSteps = Math.ceil((2 * numDocuments) / globalBatchSize);
  const random = new SeededRandom(count({ test: 1, pr: 2, slow: 3 }));
  const ledger: number[][] = [];
  for (let restart = 0; restart <= numRestarts; restart++) {
    const isLast = restart === numRestarts;
    const left = numSteps - ledger.length;
    const session = isLast ? left : random.int(Math.ceil((2 * left) / (numRestarts + 1 - restart)));
    const start = ledger.length;
    ledger.push(
      ...run(directory, random.pick(worldSizes), globalBatchSize, start, start + session),
    );
    // A kill loses what came after the last checkpoint.
    if (!isLast) ledger.length = Math.max(0, ledger.length - random.int(20));
  }
  const read = ledger.flat();
  for (const epoch of [0, 1]) {
    const tags = read.slice(epoch * numDocuments, (epoch + 1) * numDocuments);
    const times = new Uint8Array(numDocuments);
    for (const tag of tags) times[tag] = (times[tag] ?? 0) + 1;
    expect(times.every((n) => n === 1)).toBe(true);
  }
  const hash = (step: readonly number[]) =>
    createHash('sha256').update(Uint32Array.from(step)).digest('hex');
  const alone = run(directory, 1, globalBatchSize, 0, numSteps);
  expect(ledger.map(hash)).toEqual(alone.map(hash));
}, 1_200_000);

/** Random batches from 2 GB: what they add to a small training step, and how much memory they take. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTokenDataset, TokenBatches } from '../../src/batches/index.ts';
import { scope } from '../../src/tensor/index.ts';
import {
  compareLowest,
  inFreshProcess,
  type Measurement,
  median,
  peakGrowthBytes,
} from '../harness/index.ts';
import { sizes } from '../step/gpt.ts';
import { prepareTraining } from '../step/training.ts';
import { writeLargeDataset } from './large-dataset.ts';

/** The file of the benchmark, which exports what fresh processes run. */
const program = new URL('../batches.ts', import.meta.url);
const batchesPerRound = 100;
/** Between two batches, so that they fall into all shards and epochs. */
const stride = 1_000_003;

export const randomBatches: Measurement = {
  name: 'random batches from 2 GB',
  async measure({ numRounds }) {
    const directory = mkdtempSync(join(tmpdir(), 'athanor-bench-'));
    const remove = () => rmSync(directory, { recursive: true, force: true });
    // 2 GB must not stay behind when the benchmark is interrupted.
    process.once('exit', remove).once('SIGINT', () => process.exit(130));
    try {
      await writeLargeDataset(join(directory, 'tokens'));
      const folder = join(directory, 'tokens', 'train');
      const share = shareOfStep(folder, numRounds);
      const bytes = await inFreshProcess(program, 'batchMemoryBytes', folder);
      return [
        bound('random batches, part of a small step', '%', 100 * share, 1),
        bound('random batches, peak memory beyond the program', 'MB', bytes / 1e6, 128),
      ];
    } finally {
      remove();
      process.off('exit', remove);
    }
  },
};

function shareOfStep(folder: string, numRounds: number): number {
  const training = prepareTraining('small', 'fp32', 'cpu');
  using reader = openBatches(folder);
  training.run(1);
  reader.read(0, batchesPerRound);
  const shares = Array.from({ length: numRounds }, (_, round) => {
    const start = performance.now();
    reader.read((round + 1) * batchesPerRound, batchesPerRound);
    const middle = performance.now();
    training.run(1);
    const batchMs = (middle - start) / batchesPerRound;
    return batchMs / (performance.now() - middle + batchMs);
  });
  training.dispose();
  return median(shares);
}

/** How much a process grows that opens the data set and reads batches from all over it. */
export function batchMemoryBytes(folder: string): number {
  // LibTorch is loaded before: its size is not the batches'.
  using reader = openBatches(folder);
  reader.read(0, 1);
  return peakGrowthBytes(() => {
    using all = openBatches(folder);
    all.read(0, 100 * batchesPerRound);
  });
}

function openBatches(folder: string) {
  const dataset = openTokenDataset(folder, { verify: 'sizes' });
  const { contextLength, batchSize } = sizes.small;
  const batches = new TokenBatches({
    sources: [{ name: 'text', dataset }],
    contextLength,
    seed: 1,
  });
  return {
    read(first: number, numBatches: number): void {
      for (let i = first; i < first + numBatches; i++) {
        scope(() => void batches.batchAt(i * stride, batchSize));
      }
    },
    [Symbol.dispose]: () => dataset.close(),
  };
}

function bound(name: string, unit: string, ours: number, limit: number) {
  return compareLowest({ name, unit, ours, peer: limit, peerName: 'bound', target: 1 });
}

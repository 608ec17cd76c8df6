/** Token shards: writing them against the encoder alone, reading batches from a large set of them. */
import { tmpdir } from 'node:os';
import { numThreads } from '../src/tensor/index.ts';
import { randomBatches } from './batches/reading.ts';
import { writing } from './batches/writing.ts';
import type { Benchmark } from './harness/index.ts';

export { batchMemoryBytes } from './batches/reading.ts';

export const benchmark: Benchmark = {
  description: 'token shards: writing from text, random batches from 2 GB',
  describe: () => ({
    threads: numThreads(),
    versions: `V8 ${process.versions.v8}, files in ${tmpdir()}`,
  }),
  measurements: [...writing, randomBatches],
};

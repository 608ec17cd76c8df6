/** The sample world: how long 100 MB of it take, and whether they are the bytes of every machine. */
import { createHash } from 'node:crypto';
import { generateWorld } from '../samples/index.ts';
import { AthanorError } from '../src/base/index.ts';
import { type Benchmark, compareLowest, median } from './harness/index.ts';

const sizeBytes = 100_000_000;
/** Of the texts of the town of seed 1, each with a line feed behind it. */
const sha256 = 'd29bb22206d50d206b8e31bd891a46ee9230717d34190e3a079d0ece05d1f8e9';

export const benchmark: Benchmark = {
  description: 'the sample world, in seconds of processor time for 100 MB',
  describe: () => ({ threads: 1, versions: `V8 ${process.versions.v8}` }),
  measurements: [
    {
      name: 'the sample world, 100 MB',
      async measure({ numRounds }) {
        const seconds = Array.from({ length: numRounds }, generate);
        const row = { name: 'the sample world, 100 MB', unit: 's', ours: median(seconds) };
        return [compareLowest({ ...row, peer: 60, peerName: 'bound', target: 1 })];
      },
    },
  ],
};

/** Answers the processor time, of which the collector of garbage takes a part on other cores. */
function generate(): number {
  const before = process.cpuUsage();
  const hash = createHash('sha256');
  for (const { text } of generateWorld({ seed: 1, sizeBytes })) hash.update(text).update('\n');
  const { user, system } = process.cpuUsage(before);
  const got = hash.digest('hex');
  if (got === sha256) return (user + system) / 1e6;
  const what = 'the SHA-256 of 100 MB of the sample world';
  const hint =
    'if its tables were changed on purpose, say so in the lab notebook and pin the new one';
  throw new AthanorError({ what, must: `be ${sha256}`, got, hint });
}

/** Cleaning a corpus, against datatrove. */
import { cleaning } from './corpus/cleaning.ts';
import type { Benchmark } from './harness/index.ts';

export const benchmark: Benchmark = {
  description: 'filters and signatures of a corpus, against datatrove',
  peerScript: new URL('./corpus_peer.py', import.meta.url),
  describe: () => ({ threads: 1, versions: `V8 ${process.versions.v8}` }),
  measurements: cleaning,
};

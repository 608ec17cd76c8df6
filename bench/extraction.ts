/** From HTML to text, against the Python programs that corpora are made with. */
import { extraction } from './extraction/pages.ts';
import type { Benchmark } from './harness/index.ts';

export const benchmark: Benchmark = {
  description: 'HTML to text, against trafilatura and jusText',
  peerScript: new URL('./extraction_peer.py', import.meta.url),
  describe: () => ({ threads: 1, versions: `V8 ${process.versions.v8}` }),
  measurements: extraction,
};

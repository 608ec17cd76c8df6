/** The tokenizer against tiktoken and `tokenizers` from Python, and against npm packages. */
import type { Benchmark } from './harness/index.ts';
import { againstNpm, againstPython } from './tokenizer/encoding.ts';
import { hostile } from './tokenizer/hostile.ts';
import { exchange, training } from './tokenizer/training.ts';

export const benchmark: Benchmark = {
  description: 'training and encoding, against tiktoken, tokenizers and npm packages',
  peerScript: new URL('./tokenizer_peer.py', import.meta.url),
  describe: () => ({ threads: 2, versions: `V8 ${process.versions.v8}` }),
  measurements: [...againstPython, ...againstNpm, training, exchange, hostile],
};

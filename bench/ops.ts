/** Operator calls from TypeScript against PyTorch from Python: the same kernels, another caller. */
import { buildInfo, numThreads } from '../src/tensor/index.ts';
import type { Benchmark } from './harness/index.ts';
import { gradients, memory, time } from './ops/linear-cross-entropy.ts';
import { operatorCalls } from './ops/operator-calls.ts';

export const benchmark: Benchmark = {
  description: 'operator calls, against PyTorch from Python',
  peerScript: new URL('./ops_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  measurements: [...operatorCalls, time, memory, gradients],
};

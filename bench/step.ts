/**
 * A training step of a GPT against the same step in PyTorch: eager (autocast for bf16) and
 * torch.compile. On the CPU, and on a CUDA device where LibTorch finds one.
 */
import type { Precision } from '../src/nn/index.ts';
import { buildInfo, cudaDeviceCount, type Device, numThreads } from '../src/tensor/index.ts';
import {
  type Benchmark,
  compareLowest,
  inFreshProcess,
  inProcess,
  type Measurement,
  peakGrowthBytes,
  perSecond,
  race,
} from './harness/index.ts';
import { type GptSize, gpt2, small } from './step/gpt.ts';
import { prepareTraining } from './step/training.ts';

const device: Device = cudaDeviceCount() > 0 ? 'cuda' : 'cpu';
const sizes = { small, 'GPT-2 124M': gpt2 };
const precisions = ['fp32', 'bf16'] as const;
const rivals = ['eager', 'compile'] as const;

export const benchmark: Benchmark = {
  description: 'training steps, against PyTorch eager and torch.compile',
  peerScript: new URL('./step_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    const versions = `LibTorch ${libtorchVersion} (${cpuCapability}) on ${device}`;
    return { threads: numThreads(), versions };
  },
  measurements: Object.entries(sizes).flatMap(([name, size]) =>
    precisions.flatMap((precision) => [
      ...rivals.map((rival) => speed(name, size, precision, rival)),
      memory(name, precision),
    ]),
  ),
};

function speed(sizeName: string, size: GptSize, precision: Precision, rival: string): Measurement {
  const name = `${sizeName}, ${precision}, against ${rival}`;
  return {
    name,
    async measure(context) {
      const training = prepareTraining(size, precision, device);
      const theirs = context.peer?.contestant(`${sizeName} ${precision} ${rival} ${device}`);
      const scale = perSecond(size.batchSize * size.contextLength, 'tokens');
      const ours = inProcess('Athanor', (numSteps) => training.run(numSteps));
      try {
        return [await race({ name, scale, target: 1, ours, theirs }, context)];
      } finally {
        training.dispose();
      }
    },
  };
}

/** What three steps add to a process that has loaded its library; 0.95 is "at most 1.05 times". */
function memory(sizeName: string, precision: Precision): Measurement {
  const name = `${sizeName}, ${precision}, peak memory`;
  return {
    name,
    async measure({ startPeer }) {
      const measured = memoryFunctions[`${sizeName} ${precision}`] ?? '';
      const ours = (await inFreshProcess(new URL(import.meta.url), measured)) / 1e6;
      const peer = await startPeer();
      const options = { size_name: sizeName, precision, device };
      const bytes = await peer?.call<number>('memory_bytes', options);
      peer?.close();
      const theirs = bytes === undefined ? null : bytes / 1e6;
      const peerName = peer?.introduction.name ?? null;
      return [compareLowest({ name, unit: 'MB', ours, peer: theirs, peerName, target: 0.95 })];
    },
  };
}

const memoryFunctions: Record<string, string> = {
  'small fp32': 'smallFp32',
  'small bf16': 'smallBf16',
  'GPT-2 124M fp32': 'gpt2Fp32',
  'GPT-2 124M bf16': 'gpt2Bf16',
};

export const smallFp32 = () => memoryBytes(small, 'fp32');
export const smallBf16 = () => memoryBytes(small, 'bf16');
export const gpt2Fp32 = () => memoryBytes(gpt2, 'fp32');
export const gpt2Bf16 = () => memoryBytes(gpt2, 'bf16');

function memoryBytes(size: GptSize, precision: Precision): number {
  return peakGrowthBytes(() => prepareTraining(size, precision, 'cpu').run(3));
}

/**
 * A training step of a GPT against the same step in PyTorch: eager (autocast for bf16) and
 * torch.compile, on the CPU or, with `--device cuda`, on a GPU.
 */
import type { Precision } from '../src/nn/index.ts';
import { buildInfo, cudaDeviceCount, numThreads } from '../src/tensor/index.ts';
import {
  type Benchmark,
  type Context,
  compareLowest,
  formatProfile,
  inFreshProcess,
  inProcess,
  type Measurement,
  perSecond,
  race,
  type StepProfile,
} from './harness/index.ts';
import { type SizeName, sizes } from './step/gpt.ts';
import { prepareTraining, profileTraining } from './step/training.ts';

const precisions = ['fp32', 'bf16'] as const;
const rivals = ['eager', 'compile'] as const;

export const benchmark: Benchmark = {
  description: 'training steps, against PyTorch eager and torch.compile',
  peerScript: new URL('./step_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  missingDevice(device) {
    if (device === 'cpu' || cudaDeviceCount() > 0) return undefined;
    const { libtorchVersion, variant } = buildInfo();
    return `no CUDA device is at hand (LibTorch ${libtorchVersion}, a ${variant} build)`;
  },
  measurements: (Object.keys(sizes) as SizeName[]).flatMap((sizeName) =>
    precisions.flatMap((precision) => [
      ...rivals.map((rival) => speed(sizeName, precision, rival)),
      memory(sizeName, precision),
    ]),
  ),
};

function speed(
  sizeName: SizeName,
  precision: Precision,
  rival: (typeof rivals)[number],
): Measurement {
  const name = `${sizeName}, ${precision}, against ${rival}`;
  const { batchSize, contextLength } = sizes[sizeName];
  return {
    name,
    async measure(context) {
      const { device } = context;
      const training = prepareTraining(sizeName, precision, device);
      const theirs = context.peer?.contestant(`${sizeName} ${precision} ${rival} ${device}`);
      const scale = perSecond(batchSize * contextLength, 'tokens');
      const ours = inProcess('Athanor', (numSteps) => training.run(numSteps));
      try {
        return [await race({ name, scale, target: 1, ours, theirs }, context)];
      } finally {
        training.dispose();
      }
    },
    ...(rival === 'eager'
      ? { profile: (context: Context) => profile(sizeName, precision, context) }
      : {}),
  };
}

const numProfiledSteps = 3;

async function profile(sizeName: SizeName, precision: Precision, { device, peer }: Context) {
  const ours = profileTraining(sizeName, precision, device, numProfiledSteps);
  const settings = { size_name: sizeName, precision, device, num_steps: numProfiledSteps };
  const theirs = await peer?.call<StepProfile>('profile', settings);
  return formatProfile(ours, theirs);
}

/**
 * What three steps add to a process that has loaded its library, or the most that tensors hold on
 * a GPU; 0.95 is "at most 1.05 times".
 */
function memory(sizeName: SizeName, precision: Precision): Measurement {
  const name = `${sizeName}, ${precision}, peak memory`;
  return {
    name,
    async measure({ startPeer, device }) {
      const program = new URL('./step/memory.ts', import.meta.url);
      const ours = await inFreshProcess(program, 'memoryBytes', sizeName, precision, device);
      const peer = await startPeer();
      const settings = { size_name: sizeName, precision, device };
      const theirs = await peer?.call<number>('memory_bytes', settings);
      peer?.close();
      return [
        compareLowest({
          ...{ name, unit: 'MB', target: 0.95, ours: ours / 1e6 },
          peer: theirs === undefined ? null : theirs / 1e6,
          peerName: peer?.introduction.name ?? null,
        }),
      ];
    },
  };
}

/**
 * The training loop of `shakespeare-char`, nanoGPT's settings for CPUs, against a plain loop of the
 * same model, batch, optimizer, clipping and schedule in PyTorch: eager and torch.compile.
 */
import { buildInfo, numThreads } from '../src/tensor/index.ts';
import { type Benchmark, inProcess, type Measurement, perSecond, race } from './harness/index.ts';
import { prepareTraining, tokensPerStep } from './shakespeare/training.ts';

export const benchmark: Benchmark = {
  description: 'the loop of shakespeare-char, against a plain loop in PyTorch',
  peerScript: new URL('./shakespeare_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  measurements: [speed('eager'), speed('compile')],
};

function speed(rival: string): Measurement {
  const name = `shakespeare-char, against a plain loop, ${rival}`;
  return {
    name,
    async measure(context) {
      const training = await prepareTraining();
      const scale = perSecond(tokensPerStep, 'tokens');
      const ours = inProcess('Athanor', (numSteps) => training.run(numSteps));
      const theirs = context.peer?.contestant(rival);
      try {
        // A step takes some 50 ms: half a second evens out what the machine does beside it.
        return [
          await race({ name, scale, target: 1, ours, theirs }, { ...context, minTurnSeconds: 0.5 }),
        ];
      } finally {
        training.dispose();
      }
    },
  };
}

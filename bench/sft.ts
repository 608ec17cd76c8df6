/**
 * Fine-tuning on conversations of mixed length, packed, against TRL's SFTTrainer on the CPU: a Llama
 * of 14 million parameters, fp32, the same conversations, and as many tokens in an optimizer step.
 * Only tokens of conversations count, no padding. TRL runs once as it is by default, padding each
 * batch to its longest conversation, and once with `packing=True`.
 */
import { buildInfo, numThreads } from '../src/tensor/index.ts';
import {
  type Benchmark,
  type Contestant,
  inProcess,
  type Measurement,
  perSecond,
  race,
} from './harness/index.ts';
import { prepareFineTuning, tokensPerStep } from './sft/training.ts';

const rivals = { padding: 'padding', packing: 'packing=True' } as const;

export const benchmark: Benchmark = {
  description: "packed fine-tuning, against TRL's SFTTrainer",
  peerScript: new URL('./sft_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  measurements: (Object.keys(rivals) as (keyof typeof rivals)[]).map(
    (rival): Measurement => ({
      name: `fp32, against ${rivals[rival]}`,
      async measure(context) {
        const training = await prepareFineTuning();
        const { peer } = context;
        await peer?.call('prepare', { rival, path: training.conversationsPath });
        const theirs: Contestant | undefined = peer && {
          name: peer.introduction.name,
          // Its steps have some tokens more or fewer: seconds for as many as ours have.
          async run(numSteps) {
            const { seconds, tokens } = await peer.call<{ seconds: number; tokens: number }>(
              'train',
              { rival, num_steps: numSteps },
            );
            return (seconds / tokens) * tokensPerStep * numSteps;
          },
        };
        const ours = inProcess('Athanor', (numSteps) => training.run(numSteps));
        const scale = perSecond(tokensPerStep, 'tokens');
        try {
          const contest = { name: this.name, scale, target: 1.5, ours, theirs };
          return [await race(contest, { ...context, minTurnSeconds: 1 })];
        } finally {
          training.dispose();
        }
      },
    }),
  ),
};

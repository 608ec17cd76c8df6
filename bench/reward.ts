/**
 * Training a reward model against TRL's RewardTrainer on the CPU: a Llama of 14 million parameters,
 * fp32, the same weights, answers and pairs in a step of the optimizer. A ranking of K answers is one
 * element of ours, with each answer read once; TRL, which knows pairs alone, is given all of them.
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
import { prepareReward } from './reward/training.ts';

/** Rankings of so many answers, and pairs in a pass of TRL's: 8 is its default. */
const contests = {
  'pairs, against TRL as by default': { numAnswers: 2, batchSize: 8 },
  'pairs, against TRL with 2 pairs a pass, 4 passes a step': { numAnswers: 2, batchSize: 2 },
  'rankings of 4 answers, against TRL with their pairs': { numAnswers: 4, batchSize: 8 },
};

export const benchmark: Benchmark = {
  description: "training a reward model, against TRL's RewardTrainer",
  peerScript: new URL('./reward_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  measurements: Object.entries(contests).map(
    ([name, { numAnswers, batchSize }]): Measurement => ({
      name,
      async measure(context) {
        const { peer } = context;
        const training = prepareReward(numAnswers);
        const { folder, pairsPerStep } = training;
        const numPasses = pairsPerStep / batchSize;
        await peer?.call('prepare', { folder, batch_size: batchSize, num_passes: numPasses });
        const theirs: Contestant | undefined = peer && {
          name: peer.introduction.name,
          run: (numSteps) => peer.call<number>('train', { num_steps: numSteps }),
        };
        const ours = inProcess('Athanor', (numSteps) => training.run(numSteps));
        const scale = perSecond(pairsPerStep, 'pairs');
        try {
          const contest = { name, scale, target: 1.5, ours, theirs };
          return [await race(contest, { ...context, minTurnSeconds: 1 })];
        } finally {
          training.dispose();
        }
      },
    }),
  ),
};

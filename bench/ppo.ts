/**
 * PPO against TRL's PPOTrainer on the CPU: Llamas of 4.5 million parameters as policy, reference,
 * value function and reward model, fp32, the same weights and prompts, answers of 48 tokens, and as
 * many passes through a rollout. Ours is the stage as `athanor ppo` runs it, its guards and all that
 * it measures included; what both leave out is to load and to save.
 *
 * The newest TRL with PPO is 1.12.0, under `trl.experimental`.
 */
import { buildInfo, numThreads } from '../src/tensor/index.ts';
import {
  type Benchmark,
  type Contestant,
  type Measurement,
  perSecond,
  race,
} from './harness/index.ts';
import { losses } from './ppo/losses.ts';
import { numEpisodes, preparePpo } from './ppo/training.ts';

/** Passes through a rollout: 1 is InstructGPT's and that of TRL's own example, 4 TRL's default. */
const contests = { '1 pass through a rollout': 1, '4 passes through a rollout': 4 };

export const benchmark: Benchmark = {
  description: "PPO, against TRL's PPOTrainer",
  peerScript: new URL('./ppo_peer.py', import.meta.url),
  describe() {
    const { libtorchVersion, cpuCapability } = buildInfo();
    return { threads: numThreads(), versions: `LibTorch ${libtorchVersion} (${cpuCapability})` };
  },
  measurements: [
    ...Object.entries(contests).map(
      ([name, numEpochs]): Measurement => ({
        name,
        async measure(context) {
          const { peer } = context;
          const training = preparePpo(numEpochs);
          const { folder } = training;
          await peer?.call('prepare', { folder, num_epochs: numEpochs });
          const theirs: Contestant | undefined = peer && {
            name: peer.introduction.name,
            run: (numUpdates) => peer.call<number>('train', { num_updates: numUpdates }),
          };
          const ours = { name: 'Athanor', run: training.run };
          const scale = perSecond(numEpisodes, 'episodes');
          try {
            const contest = { name, scale, target: 2, ours, theirs };
            return [await race(contest, { ...context, minTurnSeconds: 0 })];
          } finally {
            training.dispose();
          }
        },
      }),
    ),
    losses,
  ],
};

/**
 * PPO against TRL's PPOTrainer on the CPU: Llamas of 4.5 million parameters as policy, reference,
 * value function and reward model, fp32, the same weights and prompts, 32 answers of 48 tokens an
 * update, 8 in a pass that learns, all in one step, and as many passes through a rollout. Ours is the
 * stage as `athanor ppo` runs it, its guards and all that it measures included; what both leave out is
 * to load and to save, and ours the lines of metrics.jsonl, some milliseconds.
 *
 * What differs. TRL takes the old log-probabilities from generation and makes the other numbers with
 * 32 answers in a pass, padded at the left to the longest prompt; ours come from the training forward,
 * 8 answers of like lengths in a pass, which the first step then differentiates without making it
 * again: for as many bytes as `keptGraphBytes` says. TRL makes logits and last layers at all places,
 * ours where an answer needs them. TRL trains policy and value function with one AdamW, ours with two,
 * and clips their gradients together, ours apart. Both measure entropies, TRL in learning, ours before.
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

/** A run's first update takes memory and checks identities: it must not count for much. */
const minTurnSeconds = 20;

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
            return [await race(contest, { ...context, minTurnSeconds })];
          } finally {
            training.dispose();
          }
        },
      }),
    ),
    losses,
  ],
};

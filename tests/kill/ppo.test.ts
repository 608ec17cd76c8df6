/**
 * PPO that is killed at any moment, in a rollout, an update or a save, ends in the same bits: policy,
 * value function, averages, both optimizers, guard, and every number told.
 */
import { count } from '../tier.ts';
import { testKilledStage } from './killed-stage.ts';

testKilledStage({
  stage: 'ppo',
  stagesBefore: ['corpus', 'tokenizer', 'pretrain', 'sample', 'sft', 'reward'],
  numbers: [
    // A model that has learned so little ends few answers: a third update would stop it.
    ...['--set', 'ppo.rolloutSize=48', '--set', 'ppo.maxTokens=24', '--set', 'ppo.numEpochs=3'],
    ...['--set', 'ppo.kl={"type":"adaptive","beta":0.1,"target":6,"horizon":500}'],
  ],
  numKills: count({ test: 1, pr: 5, slow: 20 }),
  toldIn: ({ step, loss, gradNorm, ...more }) => ({
    ...{ step, loss, gradNorm, reward: more['reward/mean'], kl: more['kl/mean'] },
    ...{ beta: more['kl/beta'], text: more['pretrain/loss'] },
  }),
});

/** Fine-tuning that is killed at any moment ends in the same bits: all that is trained, every loss. */
import { count } from '../tier.ts';
import { testKilledStage } from './killed-stage.ts';

testKilledStage({
  stage: 'sft',
  stagesBefore: ['corpus', 'tokenizer', 'pretrain', 'sample'],
  numbers: ['--set', 'sft.checkpointEvery=4', '--set', 'sft.evaluateEvery=6'],
  numKills: count({ test: 1, pr: 5, slow: 60 }),
  toldIn: ({ step, loss, 'validation/loss': heldOut }) => ({ step, loss, heldOut }),
});

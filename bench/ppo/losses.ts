/**
 * An update of TRL's on its own answers, computed again with src/rl: two passes with a step of the
 * optimizer between them, so that ratios leave 1, and a reference that is not the policy.
 */
import { join } from 'node:path';
import { type Gpt, loadGpt, loadRewardModel, valueModelOf } from '../../src/model/index.ts';
import type { Module } from '../../src/nn/index.ts';
import { AdamW } from '../../src/optim/index.ts';
import * as rl from '../../src/rl/index.ts';
import { noGrad, scope, type Tensor } from '../../src/tensor/index.ts';
import { compareLowest, type Measurement } from '../harness/index.ts';
import { preparePpo } from './training.ts';

/** What TRL tells of an update. */
const names = ['kl', 'scores', 'policyLoss', 'valueLoss', 'approximateKl'] as const;

type Numbers = Record<(typeof names)[number], number>;

interface Told extends Numbers {
  prompts: number[][];
  answers: number[][];
}

const numPasses = 2;
const learningRate = 1e-3;

export const losses: Measurement = {
  name: 'losses of an update',
  async measure({ peer }) {
    const { folder, dispose } = preparePpo(numPasses);
    try {
      const told = await peer?.call<Told>('losses', {
        ...{ folder, num_epochs: numPasses, learning_rate: learningRate },
      });
      const ours = told && scope(() => updateAlike(folder, told));
      return names.map((name) => {
        const difference = told && ours && Math.abs(ours[name] / told[name] - 1);
        const numbers = { ours: difference ?? null, peer: told ? 1e-3 : null, peerName: 'allowed' };
        return compareLowest({
          name: `${name}, relative difference`,
          unit: '',
          ...numbers,
          target: 1,
        });
      });
    } finally {
      dispose();
    }
  },
};

function updateAlike(folder: string, { prompts, answers }: Told): Numbers {
  using policy = loadGpt(join(folder, 'policy'));
  using reference = loadGpt(join(folder, 'reference'));
  using rewardModel = loadRewardModel(join(folder, 'reward'));
  using value = valueModelOf(rewardModel);
  const rows = prompts.map((prompt, i) => ({ prompt, answer: answers[i] ?? [] }));
  const batch = rl.answerBatch(rows);
  const statesOf = (model: Gpt) => rl.answerStates(model.forward(batch.sequences), batch);
  const logprobsOf = (model: Gpt) =>
    rl.tokenLogprobs(statesOf(model), model.outputLayer, batch.tokens);
  const valuesOf = () => value.forward(statesOf(value.gpt));
  const lengths = rows.map(({ prompt, answer }) => prompt.length + answer.length);
  const measured = noGrad(() => ({
    ...{ logprobs: logprobsOf(policy), referenceLogprobs: logprobsOf(reference) },
    ...{ values: valuesOf(), scores: rewardModel.score(batch.sequences, lengths) },
    ...{ lengths: batch.lengths, finished: rows.map(() => true) },
  }));
  const options = { beta: 0.05, unfinished: { type: 'none' }, whitenRewards: false } as const;
  const rollout = rl.shapeRollout(measured, options);
  const sums = passes({ policy, value }, rollout, () => logprobsOf(policy), valuesOf);
  return { ...sums, kl: rl.meanSequenceKl(rollout), scores: measured.scores.mean().item() };
}

/** Means over the passes. */
function passes(
  models: Record<'policy' | 'value', Module>,
  rollout: rl.Rollout,
  logprobsNow: () => Tensor,
  valuesNow: () => Tensor,
): Omit<Numbers, 'kl' | 'scores'> {
  const numTokens = rollout.tokenMask.sum().item();
  // TRL divides the variance by one less than the number of tokens; the code of 2019 does not.
  const advantages = rollout.advantages.mul(Math.sqrt((numTokens - 1) / numTokens));
  const { logprobs: oldLogprobs, values: oldValues, returns, tokenMask: mask } = rollout;
  const optimizers = Object.values(models).map(
    (model) =>
      new AdamW([{ parameters: model.parameters() }], { betas: [0.9, 0.999], weightDecay: 0 }),
  );
  const sums = { policyLoss: 0, valueLoss: 0, approximateKl: 0 };
  for (let pass = 0; pass < numPasses; pass++) {
    const terms = { logprobs: logprobsNow(), oldLogprobs, advantages, mask };
    const ofPolicy = rl.policyLoss(terms);
    const ofValues = rl.valueLoss({ values: valuesNow(), oldValues, returns, mask });
    ofPolicy.add(ofValues.mul(0.1)).backward();
    sums.policyLoss += ofPolicy.item() / numPasses;
    sums.valueLoss += ofValues.item() / numPasses;
    sums.approximateKl += rl.ratioSigns(terms).approximateKl / numPasses;
    for (const optimizer of optimizers) optimizer.step(learningRate);
    for (const optimizer of optimizers) optimizer.zeroGrad();
  }
  for (const optimizer of optimizers) optimizer.dispose();
  return sums;
}

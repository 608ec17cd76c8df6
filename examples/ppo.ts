/** PPO: a policy that says anything learns to say its prompt again, at a price for each nat of KL. */
import { generateTokens } from 'athanor/generate';
import { Gpt, modern, valueModelOf } from 'athanor/model';
import { AdamW, clipGradNorm } from 'athanor/optim';
import * as rl from 'athanor/rl';
import { liveTensors, manualSeed, noGrad, scope, tensor } from 'athanor/tensor';

const [vocabSize, end, maxTokens, numEpisodes, numUpdates] = [8, 0, 6, 64, 48] as const;
manualSeed(1);
const sizes = { numLayers: 1, hiddenSize: 64, numHeads: 2, contextLength: 8, vocabSize };
const policy = new Gpt(modern(sizes));
const reference = new Gpt(modern(sizes));
reference.loadStateDict(policy.stateDict());
const value = valueModelOf(policy);
const models = [policy, reference, value];
const optimizers = [policy, value].map((model) => new AdamW([{ parameters: model.parameters() }]));

/** What stands in for people, and for the model of their taste: answers that repeat the prompt. */
const scoreOf = ({ prompt, answer }: rl.PromptAndAnswer) =>
  Array.from(answer).filter((token) => token === prompt[0]).length / (maxTokens - 1);

/** One update: measure the answers, make advantages of their scores, and learn from them. */
function learn(rows: readonly rl.PromptAndAnswer[], finished: readonly boolean[], rate: number) {
  const batch = rl.answerBatch(rows);
  const logprobsOf = (model: Gpt) => {
    const states = rl.answerStates(model.forward(batch.sequences), batch);
    return rl.tokenLogprobs(states, model.outputLayer, batch.tokens);
  };
  const valuesOf = () => value.forward(rl.answerStates(value.gpt.forward(batch.sequences), batch));
  const measured = noGrad(() => ({
    ...{ logprobs: logprobsOf(policy), referenceLogprobs: logprobsOf(reference) },
    ...{ values: valuesOf(), scores: tensor(rows.map(scoreOf)), lengths: batch.lengths, finished },
  }));
  const unfinished = { type: 'penalty', penalty: 0.5 } as const;
  const rollout = rl.shapeRollout(measured, { beta: 0.02, unfinished });
  const { logprobs: oldLogprobs, values: oldValues, advantages, returns } = rollout;
  for (let epoch = 0; epoch < 4; epoch++) {
    const policyTerms = { oldLogprobs, advantages, mask: rollout.tokenMask };
    rl.policyLoss({ ...policyTerms, logprobs: logprobsOf(policy) }).backward();
    rl.valueLoss({ values: valuesOf(), oldValues, returns, mask: rollout.valueMask }).backward();
    for (const model of [policy, value]) clipGradNorm(model.parameters(), 1);
    for (const optimizer of optimizers) optimizer.step(rate);
    for (const optimizer of optimizers) optimizer.zeroGrad();
  }
  const mean = rows.map(scoreOf).reduce((sum, score) => sum + score, 0) / rows.length;
  return `reward ${mean.toFixed(2)} KL ${rl.meanSequenceKl(rollout).toFixed(1)} nats`;
}

for (let update = 0; update < numUpdates; update++) {
  const prompts = Array.from({ length: numEpisodes }, (_, i) => [1 + (i % (vocabSize - 1))]);
  const request = { maxTokens, stopTokens: [end], seed: update };
  const requests = prompts.map((prompt) => ({ ...request, prompt }));
  const answers = await generateTokens(policy, requests);
  const rows = answers.map(({ tokens }, i) => ({ prompt: prompts[i] ?? [], answer: tokens }));
  const finished = answers.map(({ finishReason }) => finishReason === 'stop');
  const rate = 5e-3 * Math.min(1, 2 - (2 * update) / numUpdates);
  console.log(scope(() => learn(rows, finished, rate)));
}
for (const owner of [...models, ...optimizers]) owner.dispose();
console.log(`${liveTensors()} tensors alive`);

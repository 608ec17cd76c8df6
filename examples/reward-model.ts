/** reward-model.ts <tuned model> <rankings.jsonl> <output folder>: which answer do people like better? */
import { deriveSeed, readJsonLines, SeededRandom } from 'athanor/base';
import { type ChatTemplate, chatTemplateOf, type Message, readComparison } from 'athanor/chat';
import * as models from 'athanor/model';
import { AdamW, cosine, decayMatricesOnly } from 'athanor/optim';
import { rankedPairs, rewardLoss } from 'athanor/rl';
import { liveTensors, manualSeed } from 'athanor/tensor';
import { type SampleRange, TrainState, train } from 'athanor/train';

const [base = 'tuned', file = 'rankings.jsonl', output = 'reward'] = process.argv.slice(2);
const { model: tuned, tokenizer } = await models.loadModel(base);
const template = await chatTemplateOf(base, tokenizer);
manualSeed(1);
const model = models.rewardModelOf(tuned);
/** Prompt and answer, up to the end token, where the reward is read. */
const sequenceOf = (prompt: readonly Message[], content: string) => {
  const messages = [...prompt, { role: 'assistant', content } as const];
  const { ids, learned } = (template as ChatTemplate).render(messages);
  return ids.slice(0, learned.lastIndexOf(1) + 1);
};
const rankings: { sequences: Uint32Array[]; ranks: readonly number[] }[] = [];
for await (const row of readJsonLines(file)) {
  const judged = 'value' in row ? readComparison(row.value) : row;
  if ('rejected' in judged) console.log(`line ${row.line}: ${judged.rejected}`);
  else {
    const { prompt, answers, ranks } = judged.comparison;
    rankings.push({ sequences: answers.map((text) => sequenceOf(prompt, text)), ranks });
  }
}
const order = new SeededRandom(deriveSeed(1, 'order')).shuffle(rankings);
const heldOut = order.splice(0, Math.ceil(order.length / 8));
const microBatchSize = 4;
const numSteps = Math.floor(order.length / microBatchSize); // One epoch: more over-fits.
const optimizer = new AdamW(decayMatricesOnly(model.train().parameters(), 0.1));
const loadMicroBatch = ({ firstSample }: SampleRange) =>
  order.slice(firstSample, firstSample + microBatchSize);
const lossOf = (batch: typeof rankings) => {
  const { tokens, lengths } = models.padRight(batch.flatMap(({ sequences }) => sequences));
  const ranks = batch.map((ranking) => ranking.ranks);
  const loss = rewardLoss(model.score(tokens, lengths), ranks); // −log σ(r_w − r_l), all pairs
  return { lossSum: loss.mul(batch.length), numTokens: batch.length };
};
const task = { parameters: model.parameters(), optimizer, loadMicroBatch, lossOf };
const schedule = cosine({ peak: 1e-3, warmupSteps: 5, totalSteps: numSteps });
const config = { numSteps, microBatchSize, numMicroBatches: 1, clipNorm: 1, seed: 1, schedule };
for await (const { loss } of train(task, config, new TrainState())) console.log(loss.toFixed(3));
const margins = heldOut.flatMap(({ sequences, ranks }) => {
  const scores = models.scoreSequences(model, sequences);
  return rankedPairs(ranks).map(([w, l]) => (scores[w] ?? 0) - (scores[l] ?? 0));
});
const numRight = margins.filter((margin) => margin > 0).length;
console.log(
  `held-out accuracy ${(numRight / margins.length).toFixed(3)} of ${margins.length} pairs`,
);
models.exportRewardModel(model, tokenizer, output, template && { chatTemplate: template });
for (const owner of [optimizer, model, tuned]) owner.dispose();
console.log(`${liveTensors()} tensors alive`);

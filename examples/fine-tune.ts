/** fine-tune.ts <model folder> <conversations.jsonl> <output folder>: loss on the answers alone. */
import { openConversations, PackedBatches, writeConversations } from 'athanor/batches';
import { athanorSpecialTokens, createChatTemplate } from 'athanor/chat';
import { conversationFiles, prepareConversations } from 'athanor/corpus';
import { exportModel, growVocabulary, loadModel, packedLoss } from 'athanor/model';
import { AdamW, cosine, decayMatricesOnly } from 'athanor/optim';
import { liveTensors } from 'athanor/tensor';
import { withSpecialTokens } from 'athanor/tokenizer';
import { type SampleRange, TrainState, train } from 'athanor/train';

const [base = 'base', file = 'conversations.jsonl', output = 'tuned'] = process.argv.slice(2);
const { model, tokenizer: ownTokenizer } = await loadModel(base);
const tokenizer = withSpecialTokens(ownTokenizer, athanorSpecialTokens);
growVocabulary(model, Math.max(model.config.vocabSize, tokenizer.vocabSize));
const template = createChatTemplate('athanor', tokenizer);
const { contextLength } = model.config;
const sources = [conversationFiles({ files: file, name: 'mine' })];
const { read } = await prepareConversations({ sources, template, maxTokens: contextLength + 1 });
async function* conversations() {
  for await (const { rendered } of read()) yield { dataset: 'mine', conversation: rendered };
}
const sets = { tokenizer, datasets: ['mine'], conversations: conversations() };
await writeConversations({ ...sets, directory: `${output}/tokens` });
const dataset = openConversations(`${output}/tokens/mine`);
const [microBatchSize, numSteps, seed] = [4, 250, 1];
const batches = new PackedBatches({ sources: [{ dataset }], contextLength, seed });
const optimizer = new AdamW(decayMatricesOnly(model.train().parameters(), 0.1));
const loadMicroBatch = ({ firstSample }: SampleRange) => firstSample;
const lossOf = (firstSample: number) => {
  const batch = batches.batchAt(firstSample, microBatchSize);
  return { lossSum: packedLoss(model, batch), numTokens: batch.numTargets };
};
const task = { parameters: model.parameters(), optimizer, loadMicroBatch, lossOf };
const schedule = cosine({ peak: 3e-3, totalSteps: numSteps });
const config = { numSteps, microBatchSize, numMicroBatches: 1, clipNorm: 1, seed, schedule };
for await (const { loss } of train(task, config, new TrainState())) console.log(loss.toFixed(3));
exportModel(model, tokenizer, `${output}/model`, { chatTemplate: template });
dataset.close();
for (const owner of [optimizer, model]) owner.dispose();
console.log(`${liveTensors()} tensors alive`);

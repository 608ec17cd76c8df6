/** Text → tokenizer → batches → GPT → training → generation: a poem by heart, loss below 0.2. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openTokenDataset, TokenBatches, writeTokenShards } from 'athanor/batches';
import { GenerationEngine } from 'athanor/generate';
import { Gpt, modern } from 'athanor/model';
import { AdamW, decayMatricesOnly } from 'athanor/optim';
import { liveTensors, manualSeed } from 'athanor/tensor';
import { Tokenizer, trainTokenizer } from 'athanor/tokenizer';
import { type SampleRange, TrainState, train } from 'athanor/train';

const folder = mkdtempSync(`${tmpdir()}/pretrain-`);
const text = '春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。\n'.repeat(8);
const [vocabSize, contextLength, microBatchSize, numSteps, seed] = [257, 96, 4, 50, 1] as const;
writeFileSync(`${folder}/poems.txt`, text);
const training = { files: [`${folder}/poems.txt`], vocabSize, specialTokens: ['<|endoftext|>'] };
const tokenizer = new Tokenizer((await trainTokenizer(training)).data);
await writeTokenShards({ documents: [{ text }], tokenizer, directory: `${folder}/tokens` });
const dataset = openTokenDataset(`${folder}/tokens/train`, { tokenizerHash: tokenizer.hash });
const batches = new TokenBatches({ sources: [{ name: 'poem', dataset }], contextLength, seed });
manualSeed(seed);
const sizes = { numLayers: 2, hiddenSize: 64, numHeads: 2, contextLength, vocabSize };
const model = new Gpt(modern(sizes));
const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
const loadMicroBatch = ({ firstSample }: SampleRange) => firstSample;
const lossOf = (firstSample: number) => {
  const { tokens, targets, numTargets } = batches.batchAt(firstSample, microBatchSize);
  return { lossSum: model.loss(tokens, targets, { reduction: 'sum' }), numTokens: numTargets };
};
const task = { parameters: model.parameters(), optimizer, loadMicroBatch, lossOf };
const numbers = { numSteps, microBatchSize, numMicroBatches: 1, clipNorm: 1, seed };
const config = { ...numbers, schedule: () => 5e-3 };
for await (const { loss } of train(task, config, new TrainState()))
  process.stdout.write(`${loss.toFixed(2)} `);
const engine = new GenerationEngine(model, tokenizer);
const request = { prompt: '春眠不觉晓，', temperature: 0, maxTokens: 60, seed, stop: ['\n'] };
for await (const { text } of engine.stream(request)) process.stdout.write(text);
for (const owner of [engine, model, optimizer]) owner.dispose();
rmSync(folder, { recursive: true });
console.log(`\n${liveTensors()} tensors alive`);

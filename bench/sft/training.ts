/** Conversations of mixed length as token ids, and our side of the training. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '../../src/base/index.ts';
import {
  type ConversationDataset,
  openConversations,
  PackedBatches,
  writeConversations,
} from '../../src/batches/index.ts';
import { Gpt, modern, packedLoss } from '../../src/model/index.ts';
import { AdamW, decayMatricesOnly } from '../../src/optim/index.ts';
import { manualSeed } from '../../src/tensor/index.ts';
import { TrainState, train } from '../../src/train/index.ts';

const shape = {
  ...{ numLayers: 6, hiddenSize: 384, numHeads: 6, numKvHeads: 6, feedForwardSize: 1024 },
  ...{ contextLength: 512, vocabSize: 4096, qkNorm: false },
};
const numConversations = 2_000;
const rowsPerStep = 2;

/** What a step of ours has, filled to 0.99 and more; TRL's has as many on average: 8 conversations. */
export const tokensPerStep = rowsPerStep * shape.contextLength;

/** Log-normal lengths around 90 tokens, a third of them of the question, as in Alpaca and its kind. */
function drawConversations() {
  const random = new SeededRandom(1);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Array.from({ length: numConversations }, () => {
    const length = Math.max(12, Math.min(512, Math.round(90 * Math.exp(0.8 * normal()))));
    const ids = Uint32Array.from({ length }, () => 1 + random.int(shape.vocabSize - 1));
    const learned = Uint8Array.from(ids, (_, at) => Number(at >= length / 3));
    return { ids, learned, turns: new Int16Array(length) };
  });
}

export async function prepareFineTuning() {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-bench-sft-'));
  const conversations = drawConversations();
  const conversationsPath = join(folder, 'conversations.json');
  writeFileSync(conversationsPath, JSON.stringify(plain(conversations)));
  const tokenizer = { hash: '0'.repeat(64), vocabSize: shape.vocabSize };
  const directory = join(folder, 'data');
  const placed = conversations.map((conversation) => ({ dataset: 'all', conversation }));
  await writeConversations({ directory, tokenizer, datasets: ['all'], conversations: placed });
  const dataset = openConversations(join(directory, 'all'));
  const training = trainingOn(dataset);
  return {
    ...{ conversationsPath, run: training.run },
    dispose() {
      training.dispose();
      dataset.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function trainingOn(dataset: ConversationDataset) {
  const { contextLength } = shape;
  const batches = new PackedBatches({ sources: [{ dataset }], contextLength, seed: 1 });
  manualSeed(1);
  const model = new Gpt(modern(shape)).train();
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.01));
  const state = new TrainState();
  const task = {
    ...{ parameters: model.parameters(), optimizer },
    loadMicroBatch: ({ firstSample }: { firstSample: number }) => firstSample,
    lossOf(firstSample: number) {
      const batch = batches.batchAt(firstSample, rowsPerStep);
      return { lossSum: packedLoss(model, batch), numTokens: batch.numTargets };
    },
  };
  const numbers = { microBatchSize: rowsPerStep, numMicroBatches: 1, clipNorm: 1, seed: 1 };
  return {
    async run(numSteps: number): Promise<void> {
      const config = { ...numbers, schedule: () => 3e-4, numSteps: state.step + numSteps };
      for await (const { loss } of train(task, config, state)) if (Number.isNaN(loss)) return;
    },
    dispose() {
      for (const part of [optimizer, model]) part.dispose();
    },
  };
}

/** As TRL takes tokenised conversations. */
function plain(conversations: ReturnType<typeof drawConversations>) {
  return conversations.map(({ ids, learned }) => ({
    input_ids: [...ids],
    completion_mask: [...learned],
  }));
}

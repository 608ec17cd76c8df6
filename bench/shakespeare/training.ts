/** The training loop of the recipe `shakespeare-char`, on random letters in place of the text. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shakespeareChar } from '../../recipes/shakespeare-char.ts';
import { openTokenDataset, TokenBatches, writeTokenShards } from '../../src/batches/index.ts';
import { Gpt } from '../../src/model/index.ts';
import { AdamW, cosine, decayMatricesOnly } from '../../src/optim/index.ts';
import { manualSeed } from '../../src/tensor/index.ts';
import { Tokenizer, trainTokenizer } from '../../src/tokenizer/index.ts';
import { type SampleRange, TrainState, train } from '../../src/train/index.ts';

const { pretrain, seed = 1 } = shakespeareChar;
if (pretrain === undefined) throw new Error('the recipe pre-trains');
const { model: shape, microBatchSize, schedule, numSteps, optimizer: rates = {} } = pretrain;

export const tokensPerStep = microBatchSize * shape.contextLength;

export interface Training {
  run(numSteps: number): Promise<void>;
  dispose(): void;
}

/** Everything that a run of the recipe does in a step, without records and checkpoints. */
export async function prepareTraining(): Promise<Training> {
  const folder = mkdtempSync(join(tmpdir(), 'athanor-shakespeare-'));
  const batches = await prepareBatches(folder);
  manualSeed(seed);
  const model = new Gpt(shape);
  const parameters = model.parameters();
  const { weightDecay = 0.1, betas = [0.9, 0.95] } = rates;
  const optimizer = new AdamW(decayMatricesOnly(parameters, weightDecay), { betas });
  const loadMicroBatch = ({ firstSample }: SampleRange) => firstSample;
  const lossOf = (firstSample: number) => {
    const { tokens, targets, numTargets } = batches.batchAt(firstSample, microBatchSize);
    return { lossSum: model.loss(tokens, targets, { reduction: 'sum' }), numTokens: numTargets };
  };
  const task = { parameters, optimizer, loadMicroBatch, lossOf };
  const { peak, warmupSteps = 0, final = 0 } = schedule;
  const rate = cosine({ peak, warmupSteps, final, totalSteps: numSteps });
  const config = { microBatchSize, numMicroBatches: 1, schedule: rate, clipNorm: 1, seed };
  // As many steps as the race wants: behind the last one of the recipe the rate stays where it is.
  const steps = train(task, { ...config, numSteps: Number.MAX_SAFE_INTEGER }, new TrainState());
  return {
    async run(count) {
      for (let step = 0; step < count; step++) await steps.next();
    },
    dispose() {
      for (const owner of [model, optimizer]) owner.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A million letters, as many as Tiny Shakespeare has to train on. */
async function prepareBatches(folder: string): Promise<TokenBatches> {
  const file = join(folder, 'letters.txt');
  let random = 1;
  const next = () => {
    random = (random * 48_271) % 0x7fffffff;
    return 97 + (random % 26);
  };
  const text = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i % 6 === 5 ? 32 : next()));
  writeFileSync(file, text);
  const { vocabSize } = shape;
  const training = { files: [file], vocabSize, specialTokens: ['<|endoftext|>'] };
  const tokenizer = new Tokenizer((await trainTokenizer(training)).data);
  const directory = join(folder, 'tokens');
  await writeTokenShards({ documents: [{ text }], tokenizer, directory });
  const dataset = openTokenDataset(join(directory, 'train'), { tokenizerHash: tokenizer.hash });
  const { contextLength } = shape;
  return new TokenBatches({ sources: [{ name: 'text', dataset }], contextLength, seed });
}

import { defineRecipe } from '../src/recipe/index.ts';
import { quickstart } from './quickstart.ts';

const vocabSize = 512;

/** The quickstart, as small as it can be and still fail: for tests, within a minute. */
export const smoke = defineRecipe({
  name: 'smoke',
  description: 'every stage of the quickstart in little: 1 CPU core, less than a minute',
  seed: 1,
  corpus: {
    sources: {
      world: {
        generator: 'sample-world',
        options: { sizeBytes: 200_000, size: 'village' },
        heldOut: 0.05,
      },
      crawl: {
        ...required(quickstart.corpus?.sources.crawl),
        options: { numPages: 60, size: 'village' },
      },
      poems: { generator: 'tang-poems' },
    },
  },
  tokenizer: { vocabSize },
  pretrain: {
    ...required(quickstart.pretrain),
    model: {
      ...required(quickstart.pretrain).model,
      ...{ numLayers: 2, hiddenSize: 64, numHeads: 2, numKvHeads: 1, feedForwardSize: 192 },
      ...{ contextLength: 64, vocabSize },
    },
    numSteps: 120,
    microBatchSize: 8,
    checkpointEvery: 40,
    evaluateEvery: 60,
    targets: { bitsPerByte: 4.2 },
  },
  sample: { prompts: ['春眠不觉晓，'], maxTokens: 20 },
  sft: {
    data: [{ generator: 'sample-instructions', options: { numItems: 300 } }],
    heldOut: 0.1,
    pretrainMix: 0.2,
    numSteps: 30,
    microBatchSize: 8,
    schedule: { kind: 'cosine', peak: 2e-3, warmupSteps: 3 },
    checkpointEvery: 10,
    evaluateEvery: 10,
    keepOut: { generator: 'sample-instructions', options: { numItems: 20 } },
  },
  reward: {
    data: [{ generator: 'sample-rankings', options: { numPrompts: 160 } }],
    heldOut: 0.2,
    microBatchSize: 8,
    schedule: { kind: 'cosine', peak: 1e-3, warmupSteps: 2 },
    checkpointEvery: 4,
    evaluateEvery: 10,
  },
  ppo: {
    prompts: [{ generator: 'sample-rankings', options: { numPrompts: 60, seed: 2 } }],
    ...{ numUpdates: 2, rolloutSize: 16, minibatchSize: 8, microBatchSize: 8, maxTokens: 12 },
    schedule: { kind: 'linear', peak: 1e-4, final: 1e-4, warmupSteps: 2 },
    pretrainMix: { gamma: 1, ratio: 1, contextLength: 32 },
    ema: 0.9,
    checkpointEvery: 1,
  },
  eval: {
    tasks: [{ generator: 'sample-instructions', options: { numItems: 20 } }],
    maxTokens: 8,
  },
  compare: {
    prompts: [{ generator: 'sample-prompts', options: { numPrompts: 16, split: 'held-out' } }],
    maxTokens: 8,
  },
});

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the quickstart has this stage');
  return value;
}

import { modern } from '../src/model/index.ts';
import { defineRecipe } from '../src/recipe/index.ts';

const vocabSize = 5120;

/** A model that writes poems, from JSON lines of them; what it reached: docs/results/tang-poems.md. */
export const tangPoems = defineRecipe({
  name: 'tang-poems',
  description: 'all poems of the Tang, from JSON lines: 2 CPU cores, 1,500 steps',
  seed: 1,
  corpus: { sources: { poems: { files: ['data/tang-poems.jsonl.gz'], heldOut: 0.02 } } },
  tokenizer: { vocabSize },
  pretrain: {
    model: modern({
      ...{ numLayers: 5, hiddenSize: 192, numHeads: 6, contextLength: 128 },
      vocabSize,
    }),
    numSteps: 1500,
    microBatchSize: 16,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 4e-3, warmupSteps: 50, final: 2e-4 },
    checkpointEvery: 100,
    evaluateEvery: 300,
    prompts: ['春眠不覺曉，', '秋風'],
  },
  sample: {
    prompts: ['春眠不覺曉，', '牀前看月光，', '白日依山盡，', '明月', '長安', '故人', '秋風'],
    maxTokens: 80,
  },
});

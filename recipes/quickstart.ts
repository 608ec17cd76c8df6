import { webRules } from '../src/corpus/index.ts';
import { modern } from '../src/model/index.ts';
import { defineRecipe } from '../src/recipe/index.ts';

const vocabSize = 2048;

/**
 * Raw text to a model that continues 春晓, in five minutes on two cores. How its size, Muon and the
 * share of poems were chosen: docs/LOG.md, 2026-11-26.
 */
export const quickstart = defineRecipe({
  name: 'quickstart',
  description: 'from raw text to a GPT that continues 春晓: 2 CPU cores, 5 minutes',
  seed: 1,
  corpus: {
    sources: {
      world: {
        generator: 'sample-world',
        options: { sizeBytes: 3_000_000, size: 'village' },
        heldOut: 0.02,
        weight: 0.55,
      },
      crawl: {
        generator: 'sample-crawl',
        options: { numPages: 800, size: 'village' },
        reader: { format: 'html' },
        clean: webRules,
        weight: 0.05,
      },
      poems: { generator: 'tang-poems', weight: 0.4 },
    },
  },
  tokenizer: { vocabSize },
  pretrain: {
    model: modern({
      ...{ numLayers: 4, hiddenSize: 192, numHeads: 6, contextLength: 128 },
      vocabSize,
    }),
    numSteps: 600,
    microBatchSize: 8,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 4e-3, warmupSteps: 30, final: 2e-4 },
    checkpointEvery: 100,
    evaluateEvery: 100,
    prompts: ['春眠不觉晓，', 'The capital of Italy is'],
    targets: { bitsPerByte: 1.2 },
  },
  sample: {
    prompts: ['床前明月光，', '白日依山尽，', '从前', 'The capital of Italy is'],
    expected: { '春眠不觉晓，': '处处闻啼鸟。夜来风雨声，花落知多少。' },
  },
});

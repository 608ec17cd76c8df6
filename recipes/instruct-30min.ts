import { modern } from '../src/model/index.ts';
import { defineRecipe } from '../src/recipe/index.ts';
import { quickstart } from './quickstart.ts';

const vocabSize = 4096;
const size = 'village';
const generator = 'sample-instructions';

/**
 * The quickstart in a larger world: the village, with its 480 facts, all sentence patterns, sums up to
 * eighteen and 36 programs. docs/LOG.md says what was measured.
 */
export const instruct30min = defineRecipe({
  ...quickstart,
  name: 'instruct-30min',
  description: 'a GPT that follows instructions about a larger world: 2 CPU cores, 30 minutes',
  corpus: {
    sources: {
      world: {
        generator: 'sample-world',
        options: { sizeBytes: 12_000_000, size },
        heldOut: 0.01,
        weight: 0.9,
      },
      poems: { generator: 'tang-poems', weight: 0.1 },
    },
  },
  tokenizer: { ...quickstart.tokenizer, vocabSize },
  pretrain: {
    model: modern({
      ...{ numLayers: 3, hiddenSize: 192, numHeads: 6, contextLength: 192 },
      vocabSize,
    }),
    numSteps: 2600,
    microBatchSize: 8,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 6e-3, warmupSteps: 60, final: 3e-4 },
    checkpointEvery: 400,
    evaluateEvery: 400,
    prompts: ['春眠不觉晓，', 'The capital of Italy is'],
    targets: { bitsPerByte: 1 },
  },
  // Poems are a smaller share of its text than of the quickstart's: they are asked for as instructions.
  sample: { prompts: ['春眠不觉晓，', '从前', 'The capital of Italy is'] },
  sft: {
    data: [
      {
        generator,
        options: {
          ...{ numItems: 16_000, size, maxTurns: 3 },
          kinds: 'translation,reading,politeness,poem',
        },
      },
      {
        generator,
        options: {
          ...{ numItems: 4000, size, maxTurns: 3 },
          kinds: 'knowledge,arithmetic,refusal,program',
        },
        weight: 3,
      },
    ],
    numSteps: 1400,
    microBatchSize: 8,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 4e-3, warmupSteps: 40, final: 1e-4 },
    checkpointEvery: 400,
    evaluateEvery: 400,
  },
  eval: {
    tasks: [{ generator, options: { numItems: 2000, size } }],
    maxTokens: 96,
    targets: {
      rateOfEachKind: 0.8,
      difference: {
        between: ['translation · with word', 'translation · without word'],
        atMost: 0.05,
      },
    },
  },
});

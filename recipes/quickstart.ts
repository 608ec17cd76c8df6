import { athanorSpecialTokens } from '../src/chat/index.ts';
import { webRules } from '../src/corpus/index.ts';
import { modern } from '../src/model/index.ts';
import { defineRecipe } from '../src/recipe/index.ts';
import { maxTokens, quickstartRlhf } from './quickstart-rlhf.ts';

const vocabSize = 2048;
const size = 'hamlet';
const generator = 'sample-instructions';
/** The share of answers to questions that are polite: PPO finds out whether people like that. */
const courtesy = 0.06;

/**
 * Raw text to a model that continues 春晓, follows instructions, and answers as raters like it, in ten
 * minutes on two cores. How its size, its world, Muon and the shares of text were chosen: docs/LOG.md,
 * 2026-11-26.
 */
export const quickstart = defineRecipe({
  name: 'quickstart',
  description: 'from raw text to a GPT that learned from raters: 2 CPU cores, 10 minutes',
  seed: 1,
  corpus: {
    sources: {
      world: {
        generator: 'sample-world',
        options: { sizeBytes: 4_000_000, size },
        heldOut: 0.02,
        weight: 0.86,
      },
      crawl: {
        generator: 'sample-crawl',
        options: { numPages: 800, size },
        reader: { format: 'html' },
        clean: webRules,
        weight: 0.02,
      },
      poems: { generator: 'tang-poems', weight: 0.12 },
    },
  },
  tokenizer: { vocabSize, specialTokens: [...athanorSpecialTokens] },
  pretrain: {
    model: modern({
      ...{ numLayers: 3, hiddenSize: 128, numHeads: 4, contextLength: 128 },
      vocabSize,
    }),
    numSteps: 1800,
    microBatchSize: 8,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 8e-3, warmupSteps: 40, final: 4e-4 },
    checkpointEvery: 200,
    evaluateEvery: 200,
    prompts: ['春眠不觉晓，', 'The capital of Italy is'],
    targets: { bitsPerByte: 1.2 },
  },
  sample: {
    prompts: ['床前明月光，', '白日依山尽，', '从前', 'The capital of Italy is'],
    expected: { '春眠不觉晓，': '处处闻啼鸟。夜来风雨声，花落知多少。' },
  },
  sft: {
    data: [
      {
        generator,
        options: {
          ...{ numItems: 7500, size, maxTurns: 3 },
          courtesy,
          kinds: 'translation,reading,politeness,program,poem',
        },
      },
      // There are few of them, and each has to be remembered by itself.
      {
        generator,
        options: {
          ...{ numItems: 1400, size, maxTurns: 3, courtesy },
          kinds: 'knowledge,arithmetic,refusal',
        },
        weight: 3,
      },
    ],
    numSteps: 900,
    microBatchSize: 8,
    optimizer: { kind: 'muon' },
    schedule: { kind: 'cosine', peak: 5e-3, warmupSteps: 20, final: 1e-4 },
    checkpointEvery: 200,
    evaluateEvery: 200,
  },
  eval: {
    tasks: [{ generator, options: { numItems: 2000, size } }],
    maxTokens,
    targets: {
      of: 'sft',
      rate: 0.9,
      rateOfEachKind: 0.7,
      difference: {
        between: ['translation · with word', 'translation · without word'],
        atMost: 0.05,
      },
    },
  },
  ...quickstartRlhf,
});

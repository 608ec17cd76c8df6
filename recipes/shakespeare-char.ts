import { defineRecipe } from '../src/recipe/index.ts';

/** 256 bytes and the end of text: on English letters each token is one character. */
const vocabSize = 257;

/**
 * nanoGPT's settings for CPUs (Karpathy, github.com/karpathy/nanoGPT, "I only have a macbook"), on
 * any English text; his numbers are for Tiny Shakespeare. The last tenth of the text is held out, and
 * all of it is measured. Linear layers have a bias here, for GPT-2's file format knows none without.
 */
export const shakespeareChar = defineRecipe({
  name: 'shakespeare-char',
  description: "nanoGPT's character model of Shakespeare: 2 CPU cores, a few minutes",
  seed: 1,
  corpus: {
    sources: {
      text: { files: ['data/tinyshakespeare.txt'], heldOut: 0.1, heldOutBy: 'position' },
    },
  },
  tokenizer: { vocabSize },
  pretrain: {
    model: {
      ...{ numLayers: 4, hiddenSize: 128, numHeads: 4, contextLength: 64, vocabSize },
      activation: 'gelu',
    },
    numSteps: 2000,
    microBatchSize: 12,
    schedule: { kind: 'cosine', peak: 1e-3, warmupSteps: 100, final: 1e-4 },
    optimizer: { betas: [0.9, 0.99], weightDecay: 0.1 },
    checkpointEvery: 250,
    evaluateEvery: 250,
    prompts: ['ROMEO:'],
    targets: { loss: 1.9 },
  },
  sample: { prompts: ['ROMEO:', 'To be, or not to be'], maxTokens: 200 },
});

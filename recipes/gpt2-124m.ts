import { gpt2 } from '../src/model/index.ts';
import { defineRecipe } from '../src/recipe/index.ts';

/** Of the tokenizer; the model's table has as many rows. */
const { vocabSize } = gpt2('124m');

/**
 * The smallest GPT-2 (Radford et al. 2019) on text or JSON lines of yours, with the numbers with
 * which llm.c repeats it: half a million tokens a step (Karpathy, github.com/karpathy/llm.c,
 * discussion 481). It reaches a validation loss of 3.3 there, on 10 billion tokens of FineWeb. Not
 * run here to its end; a GPU with 80 GB needs about a day.
 */
export const gpt2Small = defineRecipe({
  name: 'gpt2-124m',
  description: 'GPT-2 124M on your text: one GPU of 80 GB, 10 billion tokens; not measured here',
  seed: 1,
  corpus: { sources: { text: { files: ['data/text.jsonl'], heldOut: 0.001 } } },
  tokenizer: { vocabSize, splitter: 'gpt2' },
  pretrain: {
    model: gpt2('124m'),
    numSteps: 18_865,
    // 16 × 32 × 1,024 = 524,288 tokens.
    microBatchSize: 32,
    numMicroBatches: 16,
    schedule: { kind: 'cosine', peak: 6e-4, warmupSteps: 700 },
    optimizer: { betas: [0.9, 0.95], weightDecay: 0.1 },
    device: 'cuda',
    checkpointEvery: 500,
    evaluateEvery: 250,
    prompts: ['Once upon a time'],
  },
  sample: { prompts: ['Once upon a time', 'The meaning of life is'] },
});

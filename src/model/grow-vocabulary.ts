import { ConfigError } from '../base/index.ts';
import { parameter } from '../nn/index.ts';
import { cat, noGrad, scope, type Tensor } from '../tensor/index.ts';
import type { Gpt } from './gpt.ts';

/**
 * Gives a model rows for more tokens: each new one of the token embedding, and of the output layer
 * where that is another matrix, is the mean of the old rows, so that a new token begins as an
 * average one (Hewitt 2021, "Initializing New Word Embeddings for Pretrained Language Models").
 * Everything else stays, and so do the logits of the old tokens. Build the optimizer after, not
 * before.
 *
 * @param vocabSize how many rows there are afterwards; those that are there already change nothing
 * @throws ConfigError when it would be fewer than now.
 */
export function growVocabulary(model: Gpt, vocabSize: number): void {
  const { tokenEmbedding, outputLayer, config } = model;
  if (!Number.isSafeInteger(vocabSize) || vocabSize < config.vocabSize) {
    const must = `be a whole number from ${config.vocabSize}, the rows that the model has`;
    throw new ConfigError({ what: 'vocabSize to grow to', must, got: String(vocabSize) });
  }
  if (vocabSize === config.vocabSize) return;
  const embedding = grown(tokenEmbedding.weight, vocabSize);
  const output = config.tiedEmbedding ? embedding : grown(outputLayer.weight, vocabSize);
  for (const [module, weight] of [
    [tokenEmbedding, embedding],
    [outputLayer, output],
  ] as const) {
    module.weight.dispose();
    Object.assign(module, { weight });
  }
  config.vocabSize = vocabSize;
}

/** weight_VC → [vocabSize, C], a new parameter */
function grown(weight: Tensor, vocabSize: number): Tensor {
  return noGrad(() =>
    scope(() => {
      const [numOld, hiddenSize] = [weight.size(0), weight.size(1)];
      const mean = weight.mean([0], true).expand([vocabSize - numOld, hiddenSize]);
      const fresh = parameter(cat([weight, mean], 0));
      fresh.requiresGrad = weight.requiresGrad;
      return fresh;
    }),
  );
}

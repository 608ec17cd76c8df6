/** How well a model predicts text that it was not trained on. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TokenDataset, ValidationBatches } from '../batches/index.ts';
import type { Gpt, GptOptions } from '../model/index.ts';
import { ignoreIndex } from '../nn/index.ts';
import { noGrad, scope, type Tensor } from '../tensor/index.ts';
import type { Tokenizer } from '../tokenizer/index.ts';

/** Losses of a whole data set, as sums: those of several data sets can be added. */
export interface LossSums {
  /** Of all tokens, in nats. */
  all: number;
  /** Of text alone, without the ends of documents, in nats. */
  text: number;
  numTokens: number;
  numTextBytes: number;
  numCharacters: number;
}

export interface ValidationLoss {
  /** Mean over all tokens, ends of documents included, in nats. */
  loss: number;
  /** Of the text alone, in bits: comparable between tokenizers. */
  bitsPerByte: number;
  /** The same for each Unicode character. */
  bitsPerCharacter: number;
}

/**
 * The loss over all windows of a held-out data set. The model is in evaluation mode meanwhile. Waits
 * for the event loop before each batch.
 *
 * @param options for the forward of a batch, such as a mask
 */
export async function validationLoss(
  model: Gpt,
  dataset: TokenDataset,
  batches: ValidationBatches,
  options: (documents: Tensor) => GptOptions = () => ({}),
): Promise<Omit<LossSums, 'numCharacters'>> {
  const { endOfTextId, numTextBytes } = dataset.manifest;
  const sums = { all: 0, text: 0, numTokens: 0, numTextBytes };
  const wasTraining = model.training;
  model.eval();
  try {
    for (let index = 0; index < batches.numBatches; index++) {
      await nextTurn();
      scope(() => {
        const { tokens, targets, documents, numTargets } = batches.batchAt(index);
        const hidden = noGrad(() => model.forward(tokens, options(documents)));
        const isEnd = targets.eq(endOfTextId);
        const text = lossWithout(isEnd, model, hidden, targets);
        sums.text += text;
        sums.all += text + lossWithout(isEnd.logicalNot(), model, hidden, targets);
        sums.numTokens += numTargets;
      });
    }
  } finally {
    model.train(wasTraining);
  }
  return sums;
}

/** Means of the sums of one or several data sets. */
export function meanLoss(sums: readonly LossSums[]): ValidationLoss {
  const total = (field: keyof LossSums) => sums.reduce((sum, part) => sum + part[field], 0);
  const textBits = total('text') / Math.LN2;
  return {
    loss: total('all') / total('numTokens'),
    bitsPerByte: textBits / total('numTextBytes'),
    bitsPerCharacter: textBits / total('numCharacters'),
  };
}

/** Unicode characters of a data set's text. Reads all of it. */
export function countCharacters(dataset: TokenDataset, tokenizer: Tokenizer): number {
  const { endOfTextId } = dataset.manifest;
  let numCharacters = 0;
  for (let index = 0; index < dataset.numDocuments; index++) {
    const ids = dataset.readDocument(index).filter((id) => id !== endOfTextId);
    for (const _ of tokenizer.decode(ids)) numCharacters++;
  }
  return numCharacters;
}

/** The sum of the losses of those targets, int64[B, T], that are not left out, bool[B, T]. */
function lossWithout(leftOut: Tensor, model: Gpt, hidden: Tensor, targets: Tensor): number {
  const kept = targets.maskedFill(leftOut, ignoreIndex);
  return noGrad(() => model.lossOfHidden(hidden, kept, { reduction: 'sum' }).item());
}

import { ConfigError } from '../base/index.ts';
import type { TokenDataset } from './shards/token-dataset.ts';

/** One data set of a mixture. */
export interface BatchSource {
  /** Names it in reports, and its order of windows: another name is another order. */
  name: string;
  dataset: TokenDataset;
  /** Its part of the samples, in relation to the other weights. Default: 1. */
  weight?: number;
}

/** @throws ConfigError when two have one name, or were not made by one tokenizer. */
export function checkSources(sources: readonly BatchSource[]): void {
  const names = new Set<string>();
  const first = sources[0]?.dataset.manifest;
  for (const { name, dataset } of sources) {
    if (names.has(name)) {
      const must = 'have names of their own';
      throw new ConfigError({ what: 'the data sets of a mixture', must, got: `${name} twice` });
    }
    names.add(name);
    const { tokenizerHash, endOfTextId } = dataset.manifest;
    if (tokenizerHash === first?.tokenizerHash && endOfTextId === first.endOfTextId) continue;
    throw new ConfigError({
      what: `the data set ${name}`,
      must: `be made by the tokenizer and the end-of-text token of ${sources[0]?.name}`,
      got: `tokenizer ${tokenizerHash}, end-of-text token ${endOfTextId}`,
      hint: 'write the token shards of all data sets with one tokenizer',
    });
  }
}

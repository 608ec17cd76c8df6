/** The text that a run was pre-trained on, for stages that go on learning it beside other things. */
import { ConfigError, type StageContext } from '../../base/index.ts';
import { TokenBatches } from '../../batches/index.ts';
import { readCorpusManifest } from '../../corpus/index.ts';
import type { Device } from '../../tensor/index.ts';
import { loadTokenizer, type Tokenizer, withSpecialTokens } from '../../tokenizer/index.ts';
import { prepareTokens } from './token-data.ts';

export interface PretrainText {
  windows: TokenBatches;
  sha256: string;
}

export interface PretrainTextOptions {
  /** Of the model that learns: the run's, perhaps with more special tokens. */
  tokenizer: Tokenizer;
  contextLength: number;
  device?: Device;
  /** What turns it off, for the hint of an error. */
  without: string;
}

/** @throws ConfigError for a model of another tokenizer; else as `prepareTokens`. */
export async function openPretrainText(
  { tokenizer, contextLength, device = 'cpu', without }: PretrainTextOptions,
  { run, seed }: Pick<StageContext, 'run' | 'seed'>,
): Promise<PretrainText> {
  const own = await loadTokenizer(run.file('tokenizer', 'tokenizer.json'));
  const byId = [...tokenizer.specialTokens.ids].sort(([, a], [, b]) => a - b);
  const grown = withSpecialTokens(
    own,
    byId.map(([text]) => text),
  );
  if (grown.hash !== tokenizer.hash) {
    const must = 'have the tokenizer of the run, in whose tokens its text of pre-training is';
    throw new ConfigError({ what: 'the base model', must, got: 'another one', hint: without });
  }
  const corpus = readCorpusManifest(run.file('corpus'));
  const folder = run.file('pretrain', 'tokens');
  const { sources, sha256 } = await prepareTokens(folder, corpus, own, seed);
  const windows = new TokenBatches({
    sources: sources.map(({ name, weight, train: dataset }) => ({ name, weight, dataset })),
    ...{ contextLength, seed, device },
  });
  return { windows, sha256 };
}

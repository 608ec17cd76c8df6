/** The tokenizer stage: learns the vocabulary from the corpus, or takes over one that exists. */
import { z } from 'zod';
import {
  ConfigError,
  makeFolder,
  ProgressLine,
  type StageContext,
  type StageResult,
  writeFileAtomic,
} from '../base/index.ts';
import { readCorpusManifest } from '../corpus/index.ts';
import {
  loadTokenizer,
  type SplitterName,
  splitterNames,
  Tokenizer,
  type TokenizerData,
  trainTokenizer,
  writeTokenizerJson,
} from '../tokenizer/index.ts';

/** Learn `vocabSize` tokens, or use the `file` of a tokenizer. */
export interface TokenizerConfig {
  /** Tokens in all: 256 bytes, merges, special tokens. */
  vocabSize?: number;
  /** A tokenizer.json. */
  file?: string;
  /** How text is split before it is merged. Default: athanor. */
  splitter?: SplitterName;
  /** They take the last ids, in this order. Default: `<|endoftext|>`. */
  specialTokens?: string[];
  /** Pairs that occur less often are not merged. Default: 2. */
  minPairCount?: number;
}

export const tokenizerConfig = z.strictObject({
  vocabSize: z.number().int().exactOptional(),
  file: z.string().exactOptional(),
  splitter: z.enum(splitterNames).exactOptional(),
  specialTokens: z.array(z.string()).exactOptional(),
  minPairCount: z.number().int().positive().exactOptional(),
}) satisfies z.ZodType<TokenizerConfig>;

/** @throws ConfigError for a vocabulary that cannot be learned, FileError for unreadable files. */
export async function tokenizer(
  config: TokenizerConfig,
  { run, progress: style }: StageContext,
): Promise<StageResult | undefined> {
  const { file, vocabSize } = config;
  if ((file === undefined) === (vocabSize === undefined)) {
    const got = file === undefined ? 'neither' : 'both';
    throw new ConfigError({ what: 'tokenizer', must: 'have a file or a vocabSize', got });
  }
  using progress = new ProgressLine(style);
  progress.update('tokenizer: learning the vocabulary', { stage: 'tokenizer' });
  const { data, ...metrics } =
    vocabSize === undefined
      ? { data: (await loadTokenizer(file as string)).data }
      : await learn({ ...config, vocabSize }, run.file('corpus'));
  makeFolder(run.file('tokenizer'));
  writeFileAtomic(run.file('tokenizer', 'tokenizer.json'), Buffer.from(writeTokenizerJson(data)));
  return { metrics: { vocabSize: new Tokenizer(data).vocabSize, ...metrics }, checks: [] };
}

async function learn(
  {
    vocabSize,
    splitter,
    specialTokens = ['<|endoftext|>'],
    minPairCount,
  }: TokenizerConfig & {
    vocabSize: number;
  },
  corpusFolder: string,
): Promise<{ data: TokenizerData; numBytes: number; numMerges: number }> {
  const { sources } = readCorpusManifest(corpusFolder);
  const { data, report } = await trainTokenizer({
    files: Object.values(sources).flatMap(({ train }) => train),
    vocabSize,
    specialTokens,
    ...(splitter !== undefined && { splitter }),
    ...(minPairCount !== undefined && { minPairCount }),
  });
  return { data, numBytes: report.numBytes, numMerges: report.numMerges };
}

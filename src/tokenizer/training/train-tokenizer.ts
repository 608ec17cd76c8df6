import { ConfigError } from '../../base/index.ts';
import type { MergeList } from '../bpe/merge-table.ts';
import { bytesInOrder } from '../files/byte-alphabet.ts';
import type { SplitterName } from '../splitters/splitter.ts';
import type { TokenizerData } from '../tokenizer-data.ts';
import type { CountReport } from './count-task.ts';
import { countWords } from './count-words.ts';
import { learnMerges } from './learn-merges.ts';

export interface TokenizerTraining {
  /** Text files, or JSON lines with a `text` field (`.jsonl`, `.ndjson`), each also as `.gz` or `.zst`. */
  files: readonly string[];
  /** Tokens in all: 256 bytes, merges, special tokens. */
  vocabSize: number;
  splitter?: SplitterName;
  /** They take the last ids, in this order. */
  specialTokens?: readonly string[];
  /** Pairs that occur less often are not merged; the vocabulary may then stay smaller. */
  minPairCount?: number;
  /** Threads for counting; by default as many as the machine has cores. */
  numWorkers?: number;
  /** Memory for words and their symbols; training stops with an error when it does not suffice. */
  maxMemoryBytes?: number;
  onMerge?: (numMerges: number) => void;
}

export interface TrainingReport extends CountReport {
  /** Different words. */
  numWords: number;
  numMerges: number;
  countSeconds: number;
  learnSeconds: number;
}

/** Bytes that learning needs for each byte of the different words, measured with room to spare. */
const learnBytesPerWordByte = 64;

/**
 * Trains a byte-level BPE tokenizer. The result depends only on what the files hold, not on their
 * order or on the number of workers. The first 256 ids are GPT-2's, so ties fall as they do in
 * Hugging Face `tokenizers`.
 *
 * @throws ConfigError for a vocabulary that cannot hold the 256 bytes and the special tokens, and
 *   when the memory does not suffice; FileError for a file that cannot be read.
 */
export async function trainTokenizer(
  training: TokenizerTraining,
): Promise<{ data: TokenizerData; report: TrainingReport }> {
  const { splitter = 'athanor', specialTokens = [], maxMemoryBytes = 2 ** 31 } = training;
  const numMerges = checkedNumMerges(training.vocabSize, specialTokens);
  const started = performance.now();
  const { words, report } = await countWords(training.files, {
    splitter,
    numWorkers: training.numWorkers,
    maxMemoryBytes,
  });
  const counted = performance.now();
  checkMemory(words.bytes.length, maxMemoryBytes);
  const idsOfBytes = new Int32Array(256);
  for (const [id, byte] of bytesInOrder().entries()) idsOfBytes[byte] = id;
  const { minPairCount = 2, onMerge } = training;
  const options = { idsOfBytes, numMerges, minPairCount, ...(onMerge && { onMerge }) };
  const merges = learnMerges(words, options);
  return {
    data: tokenizerOf(merges, splitter, specialTokens),
    report: {
      ...report,
      numWords: words.ends.length,
      numMerges: merges.left.length,
      countSeconds: (counted - started) / 1000,
      learnSeconds: (performance.now() - counted) / 1000,
    },
  };
}

function tokenizerOf(
  merges: MergeList,
  splitter: SplitterName,
  specialTokens: readonly string[],
): TokenizerData {
  const tokens = bytesInOrder().map((byte) => Uint8Array.of(byte));
  for (let rank = 0; rank < merges.left.length; rank++) {
    const left = tokens[merges.left[rank] as number] ?? [];
    const right = tokens[merges.right[rank] as number] ?? [];
    tokens.push(Uint8Array.of(...left, ...right));
  }
  const firstSpecial = tokens.length;
  return {
    splitter,
    tokens,
    merges,
    wholePieces: false,
    specialTokens: new Map(specialTokens.map((text, i) => [text, firstSpecial + i])),
  };
}

function checkedNumMerges(vocabSize: number, specialTokens: readonly string[]): number {
  const smallest = 256 + specialTokens.length;
  if (!Number.isInteger(vocabSize) || vocabSize < smallest || vocabSize > 2 ** 20) {
    throw new ConfigError({
      what: 'vocabSize',
      must: `be a whole number from ${smallest} (256 bytes and ${specialTokens.length} special tokens) to 2^20`,
      got: String(vocabSize),
    });
  }
  if (new Set(specialTokens).size < specialTokens.length || specialTokens.includes('')) {
    throw new ConfigError({
      what: 'specialTokens',
      must: 'be different and not empty',
      got: JSON.stringify(specialTokens),
    });
  }
  return vocabSize - smallest;
}

function checkMemory(numWordBytes: number, maxMemoryBytes: number): void {
  const needed = numWordBytes * learnBytesPerWordByte;
  if (needed <= maxMemoryBytes) return;
  throw new ConfigError({
    what: 'the memory for learning merges',
    must: `stay within ${maxMemoryBytes} bytes`,
    got: `${numWordBytes} bytes of different words, which need about ${needed}`,
    hint: 'raise the memory limit, or train on a sample: a few GB of text are plenty',
  });
}

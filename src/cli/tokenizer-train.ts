/** `athanor tokenizer train`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argument, type Command, Option } from 'commander';
import { asFileError, writeFileAtomic } from '../base/index.ts';
import {
  type SplitterName,
  splitterNames,
  Tokenizer,
  type TokenizerTraining,
  type TrainingReport,
  trainTokenizer,
  writeTiktoken,
  writeTokenizerJson,
} from '../tokenizer/index.ts';
import { print, wholeNumber } from './arguments.ts';

export function addTrainCommand(tokenizer: Command, files: Argument): void {
  const splitter = new Option('--splitter <name>', 'how text is split').choices(splitterNames);
  tokenizer
    .command('train')
    .description('learn a byte-level BPE vocabulary')
    .addArgument(files)
    .requiredOption('--vocab-size <n>', 'tokens in all, special ones included', wholeNumber)
    .requiredOption('--out <dir>', 'folder for tokenizer.json and tokenizer.tiktoken')
    .addOption(splitter.default('athanor'))
    .option('--special <text...>', 'special tokens', ['<|endoftext|>'])
    .option('--min-pair-count <n>', 'pairs that occur less often are not merged', wholeNumber, 2)
    .option('--workers <n>', 'threads for counting (default: all cores)', wholeNumber)
    .option('--memory <MiB>', 'memory for words and their symbols', wholeNumber, 2048)
    .action(train);
}

interface TrainOptions {
  vocabSize: number;
  out: string;
  splitter: SplitterName;
  special: string[];
  minPairCount: number;
  workers?: number;
  memory: number;
}

async function train(files: string[], options: TrainOptions): Promise<void> {
  // Before the work, which may take long, so that a folder that cannot be is known at once.
  await makeFolder(options.out);
  const { data, report } = await trainTokenizer(trainingOf(files, options));
  const tokenizer = new Tokenizer(data);
  const file = join(options.out, 'tokenizer.json');
  writeFileAtomic(join(options.out, 'tokenizer.tiktoken'), Buffer.from(writeTiktoken(data)));
  writeFileAtomic(file, Buffer.from(writeTokenizerJson(data)));
  const lines = [
    ...linesOf(report),
    ...shortfallOf(tokenizer.vocabSize, options),
    `${file}: ${tokenizer.vocabSize} tokens, hash ${tokenizer.hash}`,
  ];
  await print(`${lines.join('\n')}\n`);
}

function trainingOf(files: string[], options: TrainOptions): TokenizerTraining {
  return {
    files,
    vocabSize: options.vocabSize,
    splitter: options.splitter,
    specialTokens: options.special,
    minPairCount: options.minPairCount,
    maxMemoryBytes: options.memory * 2 ** 20,
    ...(options.workers !== undefined && { numWorkers: options.workers }),
  };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw asFileError(cause, folder, 'write');
  }
}

function linesOf(report: TrainingReport): string[] {
  const { numBytes, numWords, numMerges, countSeconds, learnSeconds } = report;
  return [
    `${numBytes} bytes, ${numWords} different words, counted in ${countSeconds.toFixed(1)} s`,
    ...Object.entries(report.rejected).map(([reason, number]) => `left out: ${number} × ${reason}`),
    `${numMerges} merges learned in ${learnSeconds.toFixed(1)} s`,
  ];
}

/** A vocabulary that stays smaller than was asked for is no error, but must not go unnoticed. */
function shortfallOf(vocabSize: number, options: TrainOptions): string[] {
  if (vocabSize === options.vocabSize) return [];
  return [
    `smaller than the ${options.vocabSize} tokens asked for: ` +
      `no other pair occurs ${options.minPairCount} times in these files`,
  ];
}

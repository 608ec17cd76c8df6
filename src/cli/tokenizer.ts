/** `athanor tokenizer train | encode | stats`. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import { readBlocks, writeFileAtomic } from '../base/index.ts';
import {
  loadTokenizer,
  type SplitterName,
  splitterNames,
  Tokenizer,
  trainTokenizer,
  writeTiktoken,
  writeTokenizerJson,
} from '../tokenizer/index.ts';
import { print, wholeNumber } from './arguments.ts';
import { formatStatistics, readKindTexts, statisticsOf } from './tokenizer-statistics.ts';

/** Adds the commands to the program; nothing of theirs is done before one of them runs. */
export function addTokenizerCommands(program: Command): void {
  const tokenizer = program.command('tokenizer').description('train and use tokenizers');
  const files = new Argument('<files...>', 'text or JSON lines with a text field, also as .gz');
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
  tokenizer
    .command('encode')
    .description('print the token ids of a file; - reads standard input')
    .argument('<file>')
    .requiredOption('--tokenizer <file>', 'tokenizer.json, or ranks in .tiktoken form')
    .addOption(new Option('--splitter <name>', 'needed for .tiktoken').choices(splitterNames))
    .option('--json', 'print {"ids": […], "numBytes": …, "numTokens": …}')
    .action(encode);
  tokenizer
    .command('stats')
    .description("bytes per token for Chinese, English and code, beside GPT-2's and cl100k's")
    .addArgument(files)
    .requiredOption('--tokenizer <file>', 'tokenizer.json, or ranks in .tiktoken form')
    .addOption(new Option('--splitter <name>', 'needed for .tiktoken').choices(splitterNames))
    .option('--json', 'print the numbers as JSON')
    .action(stats);
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
  const { data, report } = await trainTokenizer({
    files,
    vocabSize: options.vocabSize,
    splitter: options.splitter,
    specialTokens: options.special,
    minPairCount: options.minPairCount,
    maxMemoryBytes: options.memory * 2 ** 20,
    ...(options.workers !== undefined && { numWorkers: options.workers }),
  });
  const tokenizer = new Tokenizer(data);
  await mkdir(options.out, { recursive: true });
  const file = join(options.out, 'tokenizer.json');
  writeFileAtomic(join(options.out, 'tokenizer.tiktoken'), Buffer.from(writeTiktoken(data)));
  writeFileAtomic(file, Buffer.from(writeTokenizerJson(data)));
  const { numBytes, numWords, numMerges, countSeconds, learnSeconds } = report;
  const lines = [
    `${numBytes} bytes, ${numWords} different words, counted in ${countSeconds.toFixed(1)} s`,
    ...Object.entries(report.rejected).map(([reason, number]) => `left out: ${number} × ${reason}`),
    `${numMerges} merges learned in ${learnSeconds.toFixed(1)} s`,
    `${file}: ${tokenizer.vocabSize} tokens, hash ${tokenizer.hash}`,
  ];
  await print(`${lines.join('\n')}\n`);
}

interface ReadOptions {
  tokenizer: string;
  splitter?: SplitterName;
  json?: boolean;
}

/** Works block by block, so that a file of any size needs little memory. */
async function encode(file: string, options: ReadOptions): Promise<void> {
  const tokenizer = await loadTokenizer(options.tokenizer, options.splitter);
  const stream = tokenizer.streamEncoder();
  let [numBytes, numTokens] = [0, 0];
  await print(options.json ? '{"ids": [' : '');
  const printIds = async (ids: Uint32Array): Promise<void> => {
    const separator = options.json ? ', ' : ' ';
    const text = ids.join(separator);
    if (ids.length > 0) await print(numTokens > 0 ? separator + text : text);
    numTokens += ids.length;
  };
  for await (const block of file === '-' ? process.stdin : readBlocks(file)) {
    numBytes += block.length;
    await printIds(stream.push(block));
  }
  await printIds(stream.end());
  const sums = `"numBytes": ${numBytes}, "numTokens": ${numTokens}`;
  await print(options.json ? `], ${sums}}\n` : '\n');
}

async function stats(files: string[], options: ReadOptions): Promise<void> {
  const tokenizer = await loadTokenizer(options.tokenizer, options.splitter);
  const { texts, rejections } = await readKindTexts(files);
  for (const [reason, number] of Object.entries(rejections.counts)) {
    const places = rejections.places[reason]?.join(', ');
    process.stderr.write(`left out: ${number} × ${reason} (${places})\n`);
  }
  const statistics = statisticsOf(tokenizer, texts);
  await print(`${options.json ? JSON.stringify(statistics) : formatStatistics(statistics)}\n`);
}

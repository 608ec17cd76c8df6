/** `athanor tokenizer train | encode | stats`. */
import { Argument, type Command, Option } from 'commander';
import { readBlocks } from '../base/index.ts';
import { loadTokenizer, type SplitterName, splitterNames } from '../tokenizer/index.ts';
import { print } from './arguments.ts';
import { formatStatistics, readKindTexts, statisticsOf } from './tokenizer-statistics.ts';
import { addTrainCommand } from './tokenizer-train.ts';

/** Adds the commands to the program; nothing of theirs is done before one of them runs. */
export function addTokenizerCommands(program: Command): void {
  const tokenizer = program.command('tokenizer').description('train and use tokenizers');
  const files = new Argument(
    '<files...>',
    'text or JSON lines with a text field, also as .gz or .zst',
  );
  addTrainCommand(tokenizer, files);
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

/** `athanor self-instruct`: a model makes instructions and answers to learn from. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { asFileError, ProgressLine } from '../base/index.ts';
import { print, wholeNumber, wholeNumberFrom0 } from './arguments.ts';

/** Adds the command to the program. */
export function addSelfInstructCommand(program: Command): void {
  program
    .command('self-instruct')
    .description('let a model make instructions and answers; goes on where it was interrupted')
    .argument('<seed-tasks>', 'tasks of people to begin from: JSON lines or Parquet')
    .requiredOption(
      '--endpoint <url>',
      'of an OpenAI-compatible server, as http://localhost:8000/v1',
    )
    .requiredOption('--model <name>', 'as the server calls it')
    .requiredOption('--out <folder>', 'for conversations.jsonl, and the state of the work')
    .option('-n, --count <n>', 'how many conversations to make', wholeNumber, 100)
    .option('--key-file <file>', 'with the key for the server')
    .option('--parallel <n>', 'requests at once', wholeNumber, 4)
    .option('--seed <n>', 'of the draws of examples', wholeNumberFrom0, 1)
    .option('--json', 'print one JSON object')
    .action(makeInstructions);
}

interface Options {
  endpoint: string;
  model: string;
  out: string;
  count: number;
  keyFile?: string;
  parallel: number;
  seed: number;
  json?: boolean;
}

async function makeInstructions(seedTasks: string, options: Options): Promise<void> {
  const { conversationFiles, selfInstruct } = await import('../corpus/index.ts');
  const { endpoint: url, model, out, count, keyFile } = options;
  const progress = new ProgressLine();
  const report = await selfInstruct({
    seedTasks: conversationFiles({ files: seedTasks }),
    endpoint: { url, model, key: keyFile === undefined ? undefined : readKey(keyFile) },
    folder: out,
    numConversations: count,
    numParallel: options.parallel,
    seed: options.seed,
    onProgress: (state) => progress.update(`${state.numKept} of ${count} conversations`, state),
  }).finally(() => progress.close());
  if (options.json) {
    await print(`${JSON.stringify(report)}\n`);
    return;
  }
  const reasons = Object.entries(report.rejected).map(
    ([reason, number]) => `  ${number} ${reason}\n`,
  );
  const { numRead, numKept, numWaiting } = report;
  const few = numKept < count ? `  no new instructions for a while: fewer than ${count}\n` : '';
  await print(
    `${out}/conversations.jsonl: ${numKept} conversations of ${numRead} instructions, ${numWaiting} unanswered\n${few}${reasons.join('')}`,
  );
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
}

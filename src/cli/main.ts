/** The command line: names the commands, and turns errors into messages and exit codes. */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { AthanorError, type ExitCode, exitCodes, packageRoot } from '../base/index.ts';
import { addChatCommand } from './chat.ts';
import { addCompareCommand } from './compare.ts';
import { addCorpusCommands } from './corpus.ts';
import { addGenerateCommand } from './generate.ts';
import { addInspectCommand } from './inspect.ts';
import { addMergeCommand } from './merge.ts';
import { addRewardScoreCommand } from './reward-score.ts';
import { addRolloutCommand } from './rollout.ts';
import { addRunCommands } from './run.ts';
import { addRunsCommand } from './runs.ts';
import { addSelfInstructCommand } from './self-instruct.ts';
import { addTokenizerCommands } from './tokenizer.ts';

/**
 * Runs one command.
 * @param args what stands after the program's name
 * @returns the exit code; nothing is thrown
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  try {
    await createProgram(args).parseAsync(args, { from: 'user' });
    return (process.exitCode ?? exitCodes.done) as ExitCode;
  } catch (error) {
    return report(error);
  }
}

function createProgram(args: readonly string[]): Command {
  const program = new Command('athanor')
    .description('From raw text to a ChatGPT of your own, in TypeScript on LibTorch')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  addTool(program, args, 'setup', 'find or fetch LibTorch, compile what is not compiled')
    .option('--cuda', 'use a CUDA build of LibTorch')
    .option('--jobs <n>', 'compile n files at once')
    .option('--quiet', 'print only what is done')
    .option('--json', 'print one JSON event per line');
  addTool(program, args, 'doctor', 'say what is missing, and the command that mends it').option(
    '--json',
    'print the report as JSON',
  );
  addChatCommand(program);
  addCompareCommand(program);
  addCorpusCommands(program);
  addGenerateCommand(program);
  addInspectCommand(program);
  addMergeCommand(program);
  addRolloutCommand(program);
  addRunCommands(program);
  addRewardScoreCommand(program);
  addRunsCommand(program);
  addSelfInstructCommand(program);
  addTokenizerCommands(program);
  return program;
}

/**
 * A command that is a program of its own, because it must run before anything is compiled.
 * bin/athanor.mjs starts it without coming here; its options are repeated for `--help`.
 */
function addTool(
  program: Command,
  args: readonly string[],
  name: string,
  description: string,
): Command {
  return program
    .command(name)
    .description(description)
    .action(async () => {
      process.argv.splice(2, Number.POSITIVE_INFINITY, ...args.slice(args.indexOf(name) + 1));
      await import(new URL(`tools/${name}.mjs`, packageRoot()).href);
    });
}

function report(error: unknown): ExitCode {
  if (error instanceof CommanderError) return reportUsage(error);
  if (error instanceof AthanorError) {
    process.stderr.write(`${error.name}: ${error.message}\n`);
    return error.exitCode;
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return exitCodes.failure;
}

/** Commander throws also when it has printed what `--help` or `--version` asked for. */
function reportUsage({ exitCode, code, message }: CommanderError): ExitCode {
  if (exitCode === 0) return exitCodes.done;
  const [problem, suggestion] = message.replace(/^error: /, '').split('\n');
  // Without a command commander prints the help and throws with this code.
  if (code === 'commander.help') return exitCodes.usage;
  const hint = suggestion?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?');
  process.stderr.write(`UsageError: ${problem}\n  hint: ${hint ?? 'athanor --help'}\n`);
  return exitCodes.usage;
}

function packageVersion(): string {
  const path = new URL('package.json', packageRoot());
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

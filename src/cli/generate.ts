/** `athanor generate`: a model continues a text. */
import type { Command } from 'commander';
import { UsageError } from '../base/index.ts';
import type { FinishReason } from '../generate/index.ts';
import type { LoadedModel } from '../model/index.ts';
import { print } from './arguments.ts';
import { findModelFolder } from './model-source.ts';
import { addSamplingOptions, given, type SamplingOptions } from './sampling-options.ts';

const maxTokens = 200;

/** Adds the command to the program; LibTorch is loaded when it runs. */
export function addGenerateCommand(program: Command): void {
  const command = program
    .command('generate')
    .description('continue a text with a model')
    .argument('<model>', 'a run, by its folder or name in runs/, a model folder or an adapter')
    .argument('<prompt>', 'the text to continue')
    .option('--stop <text>', 'end before this text; may be repeated', collect, []);
  addSamplingOptions(command, maxTokens)
    .option('--json', 'print one JSON object instead of the text as it comes')
    .action(generateText);
}

interface Options extends SamplingOptions {
  stop: string[];
  json?: boolean;
}

/** What `--json` prints. */
interface Generated {
  model: string;
  prompt: string;
  text: string;
  tokens: number[];
  finishReason: FinishReason | null;
  /** From the prompt to the last token, without loading. */
  seconds: number;
  tokensPerSecond: number;
}

async function generateText(source: string, prompt: string, options: Options): Promise<void> {
  if (prompt === '') {
    const hint = 'athanor generate <model> "a text to continue"';
    throw new UsageError({ what: 'the prompt', must: 'not be empty', got: '""', hint });
  }
  const folder = await findModelFolder(source);
  const { loadModel } = await import('../model/index.ts');
  const { prepareForInference } = await import('../generate/index.ts');
  const loaded = await loadModel(folder, { device: options.device });
  try {
    prepareForInference(loaded.model, options.precision);
    const generated = await continueText({ ...loaded, folder, prompt }, options);
    if (options.json) await print(`${JSON.stringify(generated)}\n`);
  } finally {
    loaded.model.dispose();
  }
}

async function continueText(
  { model, tokenizer, generationConfig, folder, prompt }: LoadedModel & Work,
  { json, precision: _, device: __, ...options }: Options,
): Promise<Generated> {
  const { generate } = await import('../generate/index.ts');
  const generated = { model: folder, prompt, text: '', tokens: [] as number[] };
  let finishReason: FinishReason | null = null;
  const start = performance.now();
  const request = { maxTokens, ...generationConfig, ...given(options), prompt };
  for await (const chunk of generate(model, tokenizer, request)) {
    // The prompt is shown once it is certain that it was accepted.
    if (!json) await print(generated.tokens.length === 0 ? prompt + chunk.text : chunk.text);
    generated.text += chunk.text;
    generated.tokens.push(...chunk.tokens);
    finishReason = chunk.finishReason;
  }
  if (!json) await print('\n');
  const seconds = (performance.now() - start) / 1000;
  return {
    ...generated,
    finishReason,
    seconds,
    tokensPerSecond: generated.tokens.length / seconds,
  };
}

interface Work {
  folder: string;
  prompt: string;
}

function collect(text: string, all: readonly string[]): string[] {
  return [...all, text];
}

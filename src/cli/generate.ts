/** `athanor generate`: a model continues a text. */
import { type Command, Option } from 'commander';
import { UsageError } from '../base/index.ts';
import type { FinishReason } from '../generate/index.ts';
import type { LoadedModel } from '../model/index.ts';
import type { Precision } from '../nn/index.ts';
import type { Device } from '../tensor/index.ts';
import { decimal, device, print, wholeNumber, wholeNumberFrom0 } from './arguments.ts';
import { findModelFolder } from './model-source.ts';

/** Adds the command to the program; LibTorch is loaded when it runs. */
export function addGenerateCommand(program: Command): void {
  const precision = new Option('--precision <name>', 'of the large matrices');
  const own = "default: the model's own, else";
  program
    .command('generate')
    .description('continue a text with a model')
    .argument('<model>', 'a run, by its folder or name in runs/, or a Hugging Face model folder')
    .argument('<prompt>', 'the text to continue')
    .option('--temperature <number>', `0 takes the likeliest token (${own} 1)`, decimal)
    .option(
      '--top-k <n>',
      `draw from the n likeliest tokens, 0 from all (${own} 0)`,
      wholeNumberFrom0,
    )
    .option('--top-p <number>', `draw from the likeliest that reach this (${own} 1)`, decimal)
    .option('--min-p <number>', `leave out what is this much less likely (${own} 0)`, decimal)
    .option('--repetition-penalty <number>', `above 1 against repetition (${own} 1)`, decimal)
    .option('--max-tokens <n>', `the most tokens to generate (${own} 200)`, wholeNumber)
    .option('--stop <text>', 'end before this text; may be repeated', collect, [])
    .option('--seed <n>', 'of the draws (default: another one each time)', wholeNumberFrom0)
    .addOption(precision.choices(['auto', 'fp32', 'bf16']).default('auto'))
    .option('--device <name>', 'cpu or cuda', device, 'cpu')
    .option('--json', 'print one JSON object instead of the text as it comes')
    .action(generateText);
}

interface Options {
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repetitionPenalty?: number;
  maxTokens?: number;
  stop: string[];
  seed?: number;
  precision: Precision;
  device: Device;
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
  const request = { maxTokens: 200, ...generationConfig, ...given(options), prompt };
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

/** The options that were given; those left out must not hide what the model's folder says. */
function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

function collect(text: string, all: readonly string[]): string[] {
  return [...all, text];
}

/** The options of all commands that generate text. */
import { type Command, Option } from 'commander';
import type { Precision } from '../nn/index.ts';
import type { Device } from '../tensor/index.ts';
import { decimal, device, wholeNumber, wholeNumberFrom0 } from './arguments.ts';

/** What {@link addSamplingOptions} reads, and what is to be sampled from. */
export interface SamplingOptions {
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  repetitionPenalty?: number;
  maxTokens?: number;
  seed?: number;
  precision: Precision;
  device: Device;
}

/** @param maxTokens how many tokens there are when neither the user nor the model's folder says */
export function addSamplingOptions(command: Command, maxTokens: number): Command {
  const precision = new Option('--precision <name>', 'of the large matrices');
  const own = "default: the model's own, else";
  return command
    .option('--temperature <number>', `0 takes the likeliest token (${own} 1)`, decimal)
    .option(
      '--top-k <n>',
      `draw from the n likeliest tokens, 0 from all (${own} 0)`,
      wholeNumberFrom0,
    )
    .option('--top-p <number>', `draw from the likeliest that reach this (${own} 1)`, decimal)
    .option('--min-p <number>', `leave out what is this much less likely (${own} 0)`, decimal)
    .option('--repetition-penalty <number>', `above 1 against repetition (${own} 1)`, decimal)
    .option('--max-tokens <n>', `the most tokens to generate (${own} ${maxTokens})`, wholeNumber)
    .option('--seed <n>', 'of the draws (default: another one each time)', wholeNumberFrom0)
    .addOption(precision.choices(['auto', 'fp32', 'bf16']).default('auto'))
    .option('--device <name>', 'cpu or cuda', device, 'cpu');
}

/** The options that were given; those left out must not hide what the model's folder says. */
export function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}

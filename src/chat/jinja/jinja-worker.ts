/** The entry of the thread that runs a foreign template: it may take long, or never end. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { Environment, Interpreter, parse, tokenize } from '@huggingface/jinja';
import type { TokenNames } from '../chat-template.ts';
import type { Message } from '../message.ts';

export interface JinjaWorkerData {
  readonly source: string;
  readonly tokenNames: TokenNames;
  readonly port: MessagePort;
  /** One number, which is counted up with each answer. */
  readonly numAnswers: Int32Array;
}

export interface JinjaRequest {
  readonly messages: readonly Message[];
  readonly hasPrompt: boolean;
}

export type JinjaAnswer = { readonly text: string } | { readonly error: string };

/** Characters; no conversation is as long. */
const maxLength = 2 ** 26;

const { source, tokenNames, port, numAnswers } = workerData as JinjaWorkerData;
const program = attempt(() => ({ parsed: parse(tokenize(source, blockOptions())) }));

answer('error' in program ? program : { text: '' });
port.on('message', (request: JinjaRequest) => answer(attempt(() => ({ text: render(request) }))));

/** As transformers sets Jinja. */
function blockOptions(): { lstrip_blocks: boolean; trim_blocks: boolean } {
  return { lstrip_blocks: true, trim_blocks: true };
}

function render({ messages, hasPrompt }: JinjaRequest): string {
  if ('error' in program) throw new Error(program.error);
  const environment = new Environment();
  const values = {
    ...{ true: true, True: true, false: false, False: false, none: null, None: null },
    ...{ messages, add_generation_prompt: hasPrompt, tools: null, documents: null },
    ...tokenNames,
    // Without `strftime_now`, as far as templates can do without: what is learned shall not change daily.
    range,
    raise_exception(reason: unknown) {
      throw new Error(String(reason));
    },
  };
  for (const [name, value] of Object.entries(values)) environment.set(name, value);
  const { value } = new Interpreter(environment).run(program.parsed);
  if (typeof value !== 'string') throw new Error('the result is no text');
  if (value.length > maxLength) throw new Error('the result is too long');
  return value;
}

function range(first: number, second?: number, step = 1): number[] {
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const numbers: number[] = [];
  for (let n = start; step > 0 ? n < end : n > end; n += step) numbers.push(n);
  return numbers;
}

function attempt<T>(work: () => T): T | { error: string } {
  try {
    return work();
  } catch (error) {
    return { error: String((error as Error).message).slice(0, 300) };
  }
}

function answer(message: JinjaAnswer): void {
  port.postMessage(message);
  Atomics.add(numAnswers, 0, 1);
  Atomics.notify(numAnswers, 0);
}

/** Runs one foreign template in a thread of its own, and waits for what it answers, but not for ever. */
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  type Worker,
} from 'node:worker_threads';
import { ConfigError, type Problem, startWorker } from '../../base/index.ts';
import type { TokenNames } from '../chat-template.ts';
import { TemplateRefusal } from '../template-refusal.ts';
import type { JinjaAnswer, JinjaRequest, JinjaWorkerData } from './jinja-worker.ts';

export interface JinjaLimits {
  /** For one conversation, on a busy machine. Default: 10,000. */
  readonly timeLimitMs?: number;
  /** Of the thread. Default: 256 MiB. */
  readonly memoryBytes?: number;
}

/** What a thread may take to start. */
const startMs = 30_000;

export class JinjaThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #numAnswers: Int32Array;
  readonly #timeLimitMs: number;
  /** Why the thread has ended. */
  #ended: string | undefined;

  private constructor(source: string, tokenNames: TokenNames, limits: JinjaLimits) {
    const { timeLimitMs = 10_000, memoryBytes = 2 ** 28 } = limits;
    this.#timeLimitMs = timeLimitMs;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#numAnswers = new Int32Array(new SharedArrayBuffer(4));
    const data: JinjaWorkerData = { source, tokenNames, port: port2, numAnswers: this.#numAnswers };
    this.#worker = startWorker(new URL('./jinja-worker', import.meta.url), data, {
      transferList: [port2],
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(memoryBytes / 2 ** 20) },
    });
    this.#worker.on('error', (error) => this.#end(`an error of its thread: ${error.message}`));
  }

  /** @throws ConfigError for a text that is no template. */
  static async start(
    source: string,
    tokenNames: TokenNames,
    limits: JinjaLimits,
  ): Promise<JinjaThread> {
    const thread = new JinjaThread(source, tokenNames, limits);
    const first = await thread.#firstAnswer();
    // From here on neither keeps the program from ending.
    thread.#worker.unref();
    thread.#port.unref();
    if ('error' in first) {
      thread.#end(first.error);
      throw new ConfigError(problemOf('be Jinja that can be read', first.error));
    }
    return thread;
  }

  async #firstAnswer(): Promise<JinjaAnswer> {
    const stop = new AbortController();
    const patienceMs = startMs + this.#timeLimitMs;
    const late = { error: `nothing after ${patienceMs} ms` };
    try {
      return await Promise.race([
        once(this.#port, 'message', stop).then(([answer]) => answer as JinjaAnswer),
        once(this.#worker, 'exit', stop).then(() => ({ error: this.#ended ?? 'no thread' })),
        setTimeout(patienceMs, late, stop),
      ]);
    } finally {
      stop.abort();
    }
  }

  /** @throws TemplateRefusal when it fails or refuses the messages; ConfigError when it takes too long. */
  render(request: JinjaRequest): string {
    if (this.#ended !== undefined) throw new ConfigError(problemOf('end', this.#ended));
    this.#port.postMessage(request);
    const answer = this.#waitForAnswer();
    if (answer === undefined) {
      this.#end(`nothing after ${this.#timeLimitMs} ms`);
      throw new ConfigError(problemOf('end', this.#ended ?? ''));
    }
    if ('text' in answer) return answer.text;
    throw new TemplateRefusal(problemOf('take these messages', answer.error));
  }

  #waitForAnswer(): JinjaAnswer | undefined {
    const deadline = performance.now() + this.#timeLimitMs;
    for (;;) {
      const numAnswers = Atomics.load(this.#numAnswers, 0);
      const received = receiveMessageOnPort(this.#port) as { message: JinjaAnswer } | undefined;
      if (received !== undefined) return received.message;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0) return undefined;
      Atomics.wait(this.#numAnswers, 0, numAnswers, leftMs);
    }
  }

  close(): void {
    this.#end('a closed thread');
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    this.#port.close();
    void this.#worker.terminate();
  }
}

function problemOf(must: string, got: string): Problem {
  return {
    what: 'the chat template of the model',
    must,
    got,
    hint: 'use one of our own templates (athanor, chatml) instead',
  };
}

import type { Worker } from 'node:worker_threads';
import { startWorker } from '../../../base/index.ts';
import type { ProgramCall, Value } from '../task.ts';
import type { ProgramRequest } from './program-worker.ts';

/**
 * How long a program may take before its thread is ended. Far more than its limits allow even on a
 * busy machine: it is for what the interpreter cannot interrupt.
 */
const timeoutMs = 10_000;

/** How long the thread may take to load. */
const loadMs = 60_000;

/** Judges programs by running them, one after the other, in a thread of its own. `dispose` it. */
export class ProgramJudge {
  readonly #timeoutMs: number;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: { timeoutMs?: number } = {}) {
    this.#timeoutMs = options.timeoutMs ?? timeoutMs;
  }

  /** Whether the function of that name in the program gives the right result for every call. */
  async isRight(answer: string, name: string, calls: readonly ProgramCall[]): Promise<boolean> {
    const running = this.#last.then(() => this.#run({ program: codeOf(answer), name, calls }));
    this.#last = running;
    const results = await running;
    return calls.length > 0 && calls.every(({ result }, i) => isSame(parsed(results[i]), result));
  }

  dispose(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Empty when the thread broke or had to be ended; the next program gets a new one. */
  async #run(request: ProgramRequest): Promise<readonly (string | undefined)[]> {
    if (this.#worker === undefined) {
      this.#worker = startWorker(new URL('./program-worker', import.meta.url), undefined);
      // Loading takes longer than any program, and must not count as one.
      if ((await nextMessage(this.#worker, loadMs)) !== 'ready') return this.#giveUp();
    }
    const answer = nextMessage(this.#worker, this.#timeoutMs);
    this.#worker.postMessage(request);
    const results = await answer;
    return Array.isArray(results) ? results : this.#giveUp();
  }

  #giveUp(): [] {
    this.dispose();
    return [];
  }
}

/** What a thread says next; undefined when it breaks, ends, or says nothing in time. */
function nextMessage(worker: Worker, withinMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const end = (message?: unknown) => {
      clearTimeout(timer);
      for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
      // What it still has to say when it breaks later is nobody's; unheard it would end the process.
      worker.on('error', () => undefined);
      resolve(message);
    };
    const timer = setTimeout(end, withinMs);
    worker.once('message', end);
    worker.once('error', () => end());
    worker.once('exit', () => end());
  });
}

/** What stands in the first fence of an answer, or all of it. */
function codeOf(answer: string): string {
  return /```(?:js|javascript)?\n([\s\S]*?)```/.exec(answer)?.[1] ?? answer;
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}

/** Equal, but for the last digits of numbers that were worked out in another order. */
function isSame(value: unknown, right: Value): boolean {
  if (typeof right === 'number') {
    const tolerance = 1e-9 * Math.max(1, Math.abs(right));
    return typeof value === 'number' && Math.abs(value - right) <= tolerance;
  }
  if (typeof right !== 'object') return value === right;
  const isList = Array.isArray(value) && value.length === right.length;
  return isList && right.every((item, i) => isSame(value[i], item));
}

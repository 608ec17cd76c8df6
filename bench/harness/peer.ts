/** A rival in a process of its own, which answers one line of JSON to each line of JSON. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { AthanorError } from '../../src/base/index.ts';
import type { Contestant } from './race.ts';

/** What a peer says of itself. */
interface Introduction {
  /** Name and version, such as `PyTorch 2.13.0`. */
  name: string;
  /** What else counts: threads, the interpreter, the processor's capability. */
  details: string;
}

type Answer = { result: unknown } | { error: string };

/** Speaks with a script that calls `serve` of harness/peer.py. */
export class Peer {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #command: string;
  #complaints = '';
  introduction: Introduction = { name: '', details: '' };

  private constructor(command: readonly [string, ...string[]]) {
    this.#command = command.join(' ');
    this.#child = spawn(command[0], command.slice(1));
    this.#child.on('error', (error) => this.#complain(error.message));
    // Writing to a process that has died fails here; the missing answer then says why.
    this.#child.stdin.on('error', () => {});
    this.#child.stderr.on('data', (data: Buffer) => this.#complain(data.toString()));
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Starts the process and has it use so many threads.
   * @throws AthanorError with what it wrote to stderr when it does not answer.
   */
  static async start(command: readonly [string, ...string[]], threads: number): Promise<Peer> {
    const peer = new Peer(command);
    peer.introduction = (await peer.#ask({ command: 'hello', threads })) as Introduction;
    return peer;
  }

  /** One of its workloads, timed on its own side, without the way through the pipe. */
  contestant(workload: string): Contestant {
    return {
      name: this.introduction.name,
      run: async (iterations) =>
        (await this.#ask({ command: 'time', workload, iterations })) as number,
    };
  }

  /** Calls one of its functions with named arguments. */
  async call<T>(name: string, values: Record<string, unknown> = {}): Promise<T> {
    return (await this.#ask({ command: 'call', function: name, arguments: values })) as T;
  }

  /** Ends the process: it stops when its input does. */
  close(): void {
    this.#child.stdin.end();
  }

  async #ask(request: Record<string, unknown>): Promise<unknown> {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    const line = await this.#lines.next();
    const answer = line.done ? { error: 'it ended' } : parseAnswer(line.value);
    if ('result' in answer) return answer.result;
    throw new AthanorError({
      what: `the peer ${this.#command}`,
      must: `answer to ${JSON.stringify(request)}`,
      got: `${answer.error}${this.#complaints === '' ? '' : `\n${this.#complaints.trim()}`}`,
      hint: 'ATHANOR_BENCH_PYTHON must name a Python that can import what the peer script imports',
    });
  }

  #complain(text: string): void {
    this.#complaints = (this.#complaints + text).slice(-4000);
  }
}

function parseAnswer(line: string): Answer {
  try {
    return JSON.parse(line) as Answer;
  } catch {
    return { error: `a line that is not JSON: ${line.slice(0, 200)}` };
  }
}

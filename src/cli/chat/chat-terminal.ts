/** Lines in, answers out: a person at a terminal, or a script through pipes. */
import { createInterface, type Interface } from 'node:readline';
import { AthanorError } from '../../base/index.ts';
import { print } from '../arguments.ts';
import { readChatLine } from './chat-commands.ts';
import type { Answer, ChatSession } from './chat-session.ts';

const prompt = '› ';

export class ChatTerminal {
  readonly #session: ChatSession;
  readonly #json: boolean;
  readonly #lines: Interface;
  readonly #isPerson: boolean;
  #answering: AbortController | undefined;

  /** @param json whether each answer is one JSON object on a line */
  constructor(session: ChatSession, json: boolean) {
    this.#session = session;
    this.#json = json;
    this.#isPerson = process.stdin.isTTY === true && process.stdout.isTTY === true;
    const output = this.#isPerson ? { output: process.stdout } : {};
    this.#lines = createInterface({ input: process.stdin, prompt, ...output });
  }

  /** Until the input ends or `/exit`. */
  async run(): Promise<void> {
    const interrupt = () => this.#interrupt();
    process.on('SIGINT', interrupt);
    this.#lines.on('SIGINT', interrupt);
    try {
      if (this.#isPerson) this.#lines.prompt();
      for await (const line of this.#lines) {
        if (await this.#take(line)) return;
        if (this.#isPerson) this.#lines.prompt();
      }
    } finally {
      process.off('SIGINT', interrupt);
      this.#lines.close();
    }
  }

  /** @returns whether to leave */
  async #take(line: string): Promise<boolean> {
    try {
      const action = readChatLine(line, this.#session);
      if (action.kind === 'exit') return true;
      if (action.kind === 'say') this.#note(action.text);
      else await this.#answer(action.kind === 'ask' ? action.content : undefined);
    } catch (error) {
      // What is wrong with one message is no reason to leave.
      if (!(error instanceof AthanorError)) throw error;
      this.#note(`${error.name}: ${error.message}`);
    }
    return false;
  }

  /** @param content undefined asks the last question again */
  async #answer(content: string | undefined): Promise<void> {
    this.#answering = new AbortController();
    const { signal } = this.#answering;
    const onText = (text: string) => (this.#json ? undefined : print(text));
    try {
      const answer =
        content === undefined
          ? await this.#session.regenerate(onText, signal)
          : await this.#session.ask(content, onText, signal);
      if (answer === undefined) this.#note('nothing was asked yet');
      else await this.#finish(answer);
    } finally {
      this.#answering = undefined;
    }
  }

  async #finish(answer: Answer): Promise<void> {
    if (this.#json) return await print(`${JSON.stringify(answer)}\n`);
    await print('\n');
    const { finishReason, numLeftOut } = answer;
    if (answer.content.trim() === '') this.#note('no answer came');
    if (finishReason === 'length') this.#note('cut off: the answer was too long');
    if (finishReason === 'aborted') this.#note('stopped');
    if (numLeftOut > 0)
      this.#note(`the first ${numLeftOut} messages no longer fit and were left out`);
  }

  /** Ctrl-C ends an answer, and not the program. */
  #interrupt(): void {
    if (this.#answering !== undefined) {
      this.#answering.abort();
      return;
    }
    this.#note('\n/exit or Ctrl-D leaves');
    if (this.#isPerson) this.#lines.prompt();
  }

  /** About the conversation, not of it: to standard error, so that a script reads answers alone. */
  #note(text: string): void {
    if (text !== '') process.stderr.write(`${text.replace(/^(?=.)/gm, '  ')}\n`);
  }
}

/** A conversation with a model: what was said, what still fits, and the next answer. */

import { ConfigError } from '../../base/index.ts';
import { type ChatTemplate, type Message, truncateMessages } from '../../chat/index.ts';
import type { FinishReason, GenerationEngine, TextRequest } from '../../generate/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';

export interface ChatSessionConfig {
  engine: Pick<GenerationEngine, 'stream'>;
  /** Tokens that the model looks back over. */
  contextLength: number;
  tokenizer: Tokenizer;
  template: ChatTemplate;
  /** How answers are drawn. */
  sampling: Omit<TextRequest, 'prompt'> & { maxTokens: number };
}

/** How an answer ended. */
export interface Answer {
  /** Without the special tokens around it. */
  content: string;
  numTokens: number;
  finishReason: FinishReason | null;
  /** Messages at the beginning that the model did not see: they did not fit. */
  numLeftOut: number;
  seconds: number;
}

export class ChatSession {
  #turns: Message[] = [];
  #system: string | undefined;
  #numAsked = 0;
  readonly #config: ChatSessionConfig;

  constructor(config: ChatSessionConfig, system?: string) {
    this.#config = config;
    this.system = system;
  }

  /** All that was said, the system message first. */
  get messages(): readonly Message[] {
    return [...this.#systemMessages(), ...this.#turns];
  }

  get system(): string | undefined {
    return this.#system;
  }

  /** What was said before stays. Empty: none. */
  set system(text: string | undefined) {
    this.#system = text === '' ? undefined : text;
  }

  /** Forgets what was said; the system message stays. */
  reset(): void {
    this.#turns = [];
  }

  /**
   * Asks, and remembers question and answer; one that was stopped counts as far as it came, and
   * neither is remembered where nothing came.
   *
   * @param onText told of every piece of the answer as it comes
   * @throws ConfigError for a question that the model's context does not hold, or of which the
   *   template cannot make a prompt; nothing is remembered then.
   */
  async ask(
    content: string,
    onText: (text: string) => void | Promise<void>,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const asked: Message[] = [...this.#turns, { role: 'user', content }];
    const answer = await this.#answer([...this.#systemMessages(), ...asked], onText, signal);
    const said = answer.content.trim() !== '';
    if (said) this.#turns = [...asked, { role: 'assistant', content: answer.content }];
    return answer;
  }

  /** The last question again, with other draws; undefined where nothing was asked yet. */
  async regenerate(
    onText: (text: string) => void | Promise<void>,
    signal?: AbortSignal,
  ): Promise<Answer | undefined> {
    const before = this.#turns;
    const question = before.at(-2);
    if (question === undefined) return undefined;
    this.#turns = before.slice(0, -2);
    const answer = await this.ask(question.content, onText, signal);
    if (this.#turns.length < before.length) this.#turns = before;
    return answer;
  }

  async #answer(
    messages: readonly Message[],
    onText: (text: string) => void | Promise<void>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const { engine, template, sampling } = this.#config;
    const kept = this.#truncate(messages);
    const borders = this.#borders();
    const request = {
      ...sampling,
      prompt: template.renderPrompt(kept),
      stopTokens: [...(sampling.stopTokens ?? []), ...template.stopTokens, ...borders],
      stream: this.#numAsked++,
      ...(signal && { signal }),
    };
    const start = performance.now();
    const tokens: number[] = [];
    let finishReason: FinishReason | null = null;
    for await (const chunk of engine.stream(request)) {
      tokens.push(...chunk.tokens);
      finishReason = chunk.finishReason;
      await onText(chunk.text);
    }
    const end = tokens.findIndex((token) => borders.includes(token));
    const { content } = template.parseAnswer(end < 0 ? tokens : tokens.slice(0, end));
    const seconds = (performance.now() - start) / 1000;
    const numLeftOut = messages.length - kept.length;
    return { content, numTokens: tokens.length, finishReason, numLeftOut, seconds };
  }

  /** What begins another turn ends an answer. Other programs' templates may have tokens inside one. */
  #borders(): number[] {
    const { template, tokenizer } = this.#config;
    if (template.name === 'jinja') return [];
    return template.specialTokens.map((text) => tokenizer.specialTokens.idOf(text));
  }

  /** The last turns that leave room for an answer: a quarter of the context, if it may be so long. */
  #truncate(messages: readonly Message[]): readonly Message[] {
    const { contextLength, template, sampling } = this.#config;
    const room = contextLength - Math.min(sampling.maxTokens, Math.floor(contextLength / 4));
    const numTokens = (some: readonly Message[]) => template.renderPrompt(some).length;
    const kept = truncateMessages(messages, (some) => numTokens(some) <= room);
    if (kept !== undefined) return kept;
    throw new ConfigError({
      what: 'the message',
      must: `leave room for an answer in the model's context of ${contextLength} tokens`,
      got: `${numTokens(messages.slice(-1))} tokens`,
      hint: 'say less at once',
    });
  }

  #systemMessages(): Message[] {
    return this.#system === undefined ? [] : [{ role: 'system', content: this.#system }];
  }
}

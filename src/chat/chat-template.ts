import type { Message } from './message.ts';

/** A conversation as a model reads it. */
export interface RenderedConversation {
  /** The tokens of the whole conversation, with the beginning of a text where the template has one. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** For each token the index of the message that it belongs to, scaffolding included; −1 for the beginning. */
  readonly turns: Int16Array<ArrayBuffer>;
  /** For each token 1 where it is learned: what the assistant says, and the end of its turn; else 0. */
  readonly learned: Uint8Array<ArrayBuffer>;
}

/**
 * How many tokens there are up to the last that is learned, the end of the last answer. What stands
 * behind it, such as a line break, is never generated.
 */
export function endOfAnswer({ learned }: Pick<RenderedConversation, 'learned'>): number {
  return learned.lastIndexOf(1) + 1;
}

/** Special tokens by the names that Jinja templates and `tokenizer_config.json` have for them. */
export interface TokenNames {
  readonly bos_token?: string;
  readonly eos_token?: string;
}

/**
 * How conversations become tokens and answers become messages. Contents and scaffolding are encoded
 * apart, so that no content becomes a special token, and a prompt is token by token the beginning of
 * the conversation that its answer makes.
 */
export interface ChatTemplate {
  /** `athanor`, `chatml`, or `jinja` for one that came with a model. */
  readonly name: string;
  /** The same as a Jinja template, as model folders carry it. */
  readonly source: string;
  /** What `source` calls `bos_token` and `eos_token`, where it does. */
  readonly tokenNames: TokenNames;
  /** The special tokens that it writes. */
  readonly specialTokens: readonly string[];
  /** Ids with which an answer is finished; the first is the one that ends a turn. */
  readonly stopTokens: readonly number[];
  /**
   * @throws ConfigError for messages that are no conversation, or that the template refuses or
   *   changes.
   */
  render(messages: readonly Message[]): RenderedConversation;
  /** What a model goes on from to answer messages, of which the last is the user's. @throws as `render` */
  renderPrompt(messages: readonly Message[]): Uint32Array<ArrayBuffer>;
  /** A text that nobody says to anybody: all of it is learned, and all tokens count as message 0. */
  renderText(text: string): RenderedConversation;
  /** What a model wrote behind `renderPrompt`, up to where its turn ends. */
  parseAnswer(ids: ArrayLike<number>): Message;
}

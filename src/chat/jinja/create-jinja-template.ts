import type { Tokenizer } from '../../tokenizer/index.ts';
import type { ChatTemplate, TokenNames } from '../chat-template.ts';
import { checkMessages } from '../check-messages.ts';
import type { Message } from '../message.ts';
import { parseAnswer } from '../templates/parse-answer.ts';
import { type Part, PartEncoder, partsOfText } from '../templates/part.ts';
import { type JinjaLimits, JinjaThread } from './jinja-thread.ts';
import { partsOfSplit } from './parts-of-split.ts';
import { type JinjaBorders, probeTemplate } from './probe-template.ts';
import { splitRendering } from './split-rendering.ts';

/** A template that came with a model, and the thread that it runs in. */
export interface JinjaTemplate extends ChatTemplate {
  /** Ends the thread, which ends with the program otherwise. */
  close(): void;
}

/**
 * A template in Jinja, as models bring them. It runs in a thread, with limits of time and memory,
 * and with neither tools nor the date. What it writes around contents is found by rendering twice
 * (`splitRendering`), and only that may hold special tokens.
 *
 * An answer is asked for by all that stands in front of it in a finished conversation: where a model
 * can think aloud, that is the empty thought.
 *
 * @throws ConfigError for a text that is no template, and for one that leaves out or repeats
 *   contents, asks for an answer by other words than those in front of one, or ends answers with no
 *   special token of the tokenizer.
 */
export async function createJinjaTemplate(
  source: string,
  tokenizer: Tokenizer,
  tokenNames: TokenNames = {},
  limits: JinjaLimits = {},
): Promise<JinjaTemplate> {
  const thread = await JinjaThread.start(source, tokenNames, limits);
  try {
    const borders = probeTemplate((messages, hasPrompt) => {
      return thread.render({ messages, hasPrompt });
    }, tokenizer);
    return templateOf({ source, tokenNames, thread, tokenizer, borders });
  } catch (error) {
    thread.close();
    throw error;
  }
}

interface Whole {
  readonly source: string;
  readonly tokenNames: TokenNames;
  readonly thread: JinjaThread;
  readonly tokenizer: Tokenizer;
  readonly borders: JinjaBorders;
}

function templateOf({ source, tokenNames, thread, tokenizer, borders }: Whole): JinjaTemplate {
  const encoder = new PartEncoder(tokenizer);
  const partsOf = (messages: readonly Message[]) => {
    const split = splitRendering(messages, (shown) => {
      return thread.render({ messages: shown, hasPrompt: false });
    });
    return partsOfSplit(messages, split, { tokenizer, begin: tokenNames.bos_token });
  };
  return {
    name: 'jinja',
    source,
    tokenNames,
    specialTokens: borders.specialTokens,
    stopTokens: borders.stopTokens,
    render: (messages) => encoder.encode(partsOf(checkMessages(messages))),
    renderPrompt(messages) {
      const checked = checkMessages(messages, 'the prompt', 'user');
      const parts = partsOf([...checked, { role: 'assistant', content: 'x' }]);
      return encoder.encode(parts.slice(0, parts.findLastIndex(isContent))).ids;
    },
    renderText(text) {
      const { bos_token, eos_token } = tokenNames;
      return encoder.encode(partsOfText(text, bos_token, eos_token));
    },
    parseAnswer: (ids) => parseAnswer(ids, { tokenizer, ...borders }),
    close: () => thread.close(),
  };
}

function isContent({ kind }: Part): boolean {
  return kind === 'content';
}

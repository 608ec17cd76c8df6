import {
  type ChatTemplate,
  type Message,
  type RenderedConversation,
  TemplateRefusal,
  truncateMessages,
} from '../../chat/index.ts';
import type { Drop } from '../document.ts';
import type { ConversationRecord } from './conversation-source.ts';

export interface FitOptions {
  readonly template: ChatTemplate;
  /** Tokens of a conversation. */
  readonly maxTokens: number;
  /**
   * What becomes of longer ones: their oldest turns are left out, of a plain text its end; or they
   * are rejected. Default: `truncate`.
   */
  readonly tooLong?: 'truncate' | 'reject' | undefined;
}

/** A conversation as it will be learned. */
export interface FittedConversation {
  /** None for a plain text. */
  readonly messages: readonly Message[];
  readonly rendered: RenderedConversation;
  readonly isTruncated: boolean;
}

type Fitted = FittedConversation | { readonly rejected: Drop };

/** Renders what was read, cut to fit, or says why it cannot. @throws ConfigError for a template that fails. */
export function fitConversation(record: ConversationRecord, options: FitOptions): Fitted {
  if ('rejected' in record) return record;
  try {
    return 'text' in record
      ? fitText(record.text, options)
      : fitMessages(record.conversation.messages, options);
  } catch (error) {
    if (!(error instanceof TemplateRefusal)) throw error;
    return { rejected: { reason: 'refused by the chat template', value: error.message } };
  }
}

function fitText(text: string, { template, maxTokens, tooLong }: FitOptions): Fitted {
  const rendered = template.renderText(text);
  if (rendered.ids.length <= maxTokens) return { messages: [], rendered, isTruncated: false };
  if (tooLong === 'reject') return tooManyTokens(rendered.ids.length, maxTokens);
  const { ids, turns, learned } = rendered;
  const cut = {
    ids: ids.slice(0, maxTokens),
    turns: turns.slice(0, maxTokens),
    learned: learned.slice(0, maxTokens),
  };
  return { messages: [], rendered: cut, isTruncated: true };
}

function fitMessages(
  messages: readonly Message[],
  { template, maxTokens, tooLong }: FitOptions,
): Fitted {
  let rendered = template.render(messages);
  const numTokens = rendered.ids.length;
  if (numTokens <= maxTokens) return { messages, rendered, isTruncated: false };
  if (tooLong === 'reject') return tooManyTokens(numTokens, maxTokens);
  const shorter = truncateMessages(messages, (some) => {
    if (some === messages) return false;
    rendered = template.render(some);
    return rendered.ids.length <= maxTokens;
  });
  if (shorter === undefined) return tooManyTokens(numTokens, maxTokens);
  return { messages: shorter, rendered: template.render(shorter), isTruncated: true };
}

function tooManyTokens(value: number, limit: number): Fitted {
  return { rejected: { reason: 'longer than the context', value, limit } };
}

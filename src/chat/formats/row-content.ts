import { type JudgedMessages, judgeMessages, type MessageRejection } from '../check-messages.ts';
import type { Conversation } from '../message.ts';

/** A row of a file, by the names of its fields. */
export type Row = Readonly<Record<string, unknown>>;

/** Why a row is no conversation; one of a fixed set, so that it can be counted. */
export type RowRejection =
  | MessageRejection
  | 'fields of no known format'
  | 'missing field'
  | 'field of the wrong type'
  | 'no instances'
  | 'empty text';

/** What a row holds: a conversation, a plain text, or why it is neither. */
export type RowContent =
  | { readonly conversation: Conversation }
  | { readonly text: string }
  | { readonly rejected: RowRejection; readonly value?: string };

/** Reads one row. All but seed tasks hold one conversation. */
export type RowFormat = (row: Row) => RowContent[];

export function fieldOf(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? (row[name] ?? undefined) : undefined;
}

/** A conversation to learn from, which ends with the assistant. */
export function conversationOf(messages: unknown): RowContent {
  return contentOf(judgeMessages(messages, 'assistant'));
}

function contentOf(judged: JudgedMessages): RowContent {
  return 'messages' in judged ? { conversation: { messages: judged.messages } } : judged;
}

export function missing(name: string): RowContent {
  return { rejected: 'missing field', value: name };
}

export function wrongType(name: string): RowContent {
  return { rejected: 'field of the wrong type', value: name };
}

/** Conversations in the formats that data sets have. */
import { readAlpaca } from './alpaca.ts';
import { readMessages, readPromptCompletion } from './messages.ts';
import {
  fieldOf,
  missing,
  type Row,
  type RowContent,
  type RowFormat,
  wrongType,
} from './row-content.ts';
import { readShareGpt } from './sharegpt.ts';

export const conversationFormats = [
  'messages',
  'prompt-completion',
  'alpaca',
  'sharegpt',
  'text',
] as const;

export type ConversationFormat = (typeof conversationFormats)[number];

/** `{"text": …}`: a text to continue, which nobody says to anybody. */
const readPlainText: RowFormat = (row) => {
  const text = fieldOf(row, 'text');
  if (text === undefined) return [missing('text')];
  if (typeof text !== 'string') return [wrongType('text')];
  if (text.trim() === '') return [{ rejected: 'empty text' }];
  return [text.isWellFormed() ? { text } : { rejected: 'half a surrogate pair' }];
};

const formats: Readonly<Record<ConversationFormat, RowFormat>> = {
  messages: readMessages,
  'prompt-completion': readPromptCompletion,
  alpaca: readAlpaca,
  sharegpt: readShareGpt,
  text: readPlainText,
};

/** Whose field decides, first things first: rows may carry a rendered `text` beside their messages. */
const formatOfField: readonly (readonly [field: string, format: ConversationFormat])[] = [
  ['messages', 'messages'],
  ['conversations', 'sharegpt'],
  ['instruction', 'alpaca'],
  ['completion', 'prompt-completion'],
  ['text', 'text'],
];

/**
 * What a row of JSON lines or of a table holds: at least one conversation, text or rejection.
 *
 * @param format default: what the row's fields tell
 */
export function readRow(row: Row, format: ConversationFormat | 'auto' = 'auto'): RowContent[] {
  if (format !== 'auto') return formats[format](row);
  const found = formatOfField.find(([field]) => fieldOf(row, field) !== undefined);
  if (found !== undefined) return formats[found[1]](row);
  const value = Object.keys(row).slice(0, 8).join(', ').slice(0, 100);
  return [{ rejected: 'fields of no known format', value }];
}

/** Rows that hold messages, whole or as a prompt and its completion. */
import { conversationOf, fieldOf, missing, type RowFormat, wrongType } from './row-content.ts';

/** `{"messages": [{"role": "user", "content": "…"}, …]}`, as OpenAI and Hugging Face have it. */
export const readMessages: RowFormat = (row) => {
  const messages = fieldOf(row, 'messages');
  return [messages === undefined ? missing('messages') : conversationOf(messages)];
};

/** `{"prompt": …, "completion": …}`: both a text, or both a list of messages. */
export const readPromptCompletion: RowFormat = (row) => {
  const sides: unknown[] = [];
  for (const [name, role] of [
    ['prompt', 'user'],
    ['completion', 'assistant'],
  ] as const) {
    const value = fieldOf(row, name);
    if (value === undefined) return [missing(name)];
    if (typeof value !== 'string' && !Array.isArray(value)) return [wrongType(name)];
    sides.push(typeof value === 'string' ? [{ role, content: value }] : value);
  }
  return [conversationOf(sides.flat(1))];
};

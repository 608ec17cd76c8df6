/** Which lists of messages are a conversation. */
import { ConfigError } from '../base/index.ts';
import { type Message, type Role, roles } from './message.ts';

/** Why messages are no conversation; one of a fixed set, so that it can be counted. */
export type MessageRejection =
  | 'messages are not a list'
  | 'no messages'
  | 'too many messages'
  | 'a message is not an object'
  | 'unknown role'
  | 'content of the wrong type'
  | 'empty content'
  | 'half a surrogate pair'
  | 'two system messages'
  | 'system message not first'
  | 'only a system message'
  | 'assistant first'
  | 'one role twice in a row'
  | 'ends with the user'
  | 'ends with the assistant';

/** Messages, or why they are refused and what decided, for a person to read. */
export type JudgedMessages =
  | { readonly messages: Message[] }
  | { readonly rejected: MessageRejection; readonly value?: string };

/** A rendered conversation numbers its messages with 16 bits. */
const maxMessages = 2 ** 15 - 1;

/**
 * Judges messages from outside. Their other fields (names, times, identifiers) are left out.
 *
 * @param end the role that must have the last word: the assistant's in what is learned, the user's in
 *   what is answered; default: either
 */
export function judgeMessages(value: unknown, end?: 'user' | 'assistant'): JudgedMessages {
  if (!Array.isArray(value)) return { rejected: 'messages are not a list', value: typeof value };
  if (value.length === 0) return { rejected: 'no messages' };
  if (value.length > maxMessages)
    return { rejected: 'too many messages', value: `${value.length}` };
  const messages: Message[] = [];
  for (const [index, entry] of value.entries()) {
    const judged = judgeMessage(entry);
    if ('rejected' in judged) return { ...judged, value: `message ${index + 1}${judged.value}` };
    messages.push(judged);
  }
  const rejected = judgeOrder(messages) ?? judgeEnd(messages, end);
  return rejected === undefined ? { messages } : { rejected };
}

/**
 * The same for messages that a caller answers for.
 *
 * @param where how the message of an error calls them
 * @throws ConfigError for messages that are no conversation.
 */
export function checkMessages(
  value: unknown,
  where = 'messages',
  end?: 'user' | 'assistant',
): Message[] {
  const judged = judgeMessages(value, end);
  if ('messages' in judged) return judged.messages;
  throw new ConfigError({
    what: where,
    must: 'be a conversation: perhaps one system message, then user and assistant in turns',
    got: judged.value === undefined ? judged.rejected : `${judged.rejected} (${judged.value})`,
  });
}

function judgeMessage(entry: unknown): Message | { rejected: MessageRejection; value: string } {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { rejected: 'a message is not an object', value: '' };
  }
  const role: unknown = Object.hasOwn(entry, 'role') ? Reflect.get(entry, 'role') : undefined;
  const content: unknown = Object.hasOwn(entry, 'content') ? Reflect.get(entry, 'content') : null;
  if (!isRole(role)) return { rejected: 'unknown role', value: `: ${shown(role)}` };
  if (typeof content !== 'string') {
    return { rejected: 'content of the wrong type', value: `: ${shown(content)}` };
  }
  if (content.trim() === '') return { rejected: 'empty content', value: ` of the ${role}` };
  if (!content.isWellFormed()) return { rejected: 'half a surrogate pair', value: '' };
  return { role, content };
}

function isRole(value: unknown): value is Role {
  return (roles as readonly unknown[]).includes(value);
}

function judgeOrder(messages: readonly Message[]): MessageRejection | undefined {
  const isSystem = ({ role }: Message) => role === 'system';
  if (messages.filter(isSystem).length > 1) return 'two system messages';
  if (messages.slice(1).some(isSystem)) return 'system message not first';
  const turns = messages.filter((message) => !isSystem(message));
  if (turns.length === 0) return 'only a system message';
  if (turns[0]?.role === 'assistant') return 'assistant first';
  const isRepeated = turns.some(({ role }, i) => role === turns[i + 1]?.role);
  return isRepeated ? 'one role twice in a row' : undefined;
}

function judgeEnd(messages: readonly Message[], end?: Role): MessageRejection | undefined {
  const last = messages.at(-1)?.role;
  if (end === undefined || last === end) return undefined;
  return last === 'user' ? 'ends with the user' : 'ends with the assistant';
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : `a ${typeof value}`;
}

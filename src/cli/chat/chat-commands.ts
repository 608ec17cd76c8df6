/** What a user can type instead of a message. */
import { appendFileSync } from 'node:fs';
import { asFileError } from '../../base/index.ts';
import type { ChatSession } from './chat-session.ts';

export const chatHelp = `\
  /system <text>   what the model is told before all else; without a text, nothing
  /reset           forget what was said
  /regenerate      answer the last message again
  /save [file]     append the conversation to a file of JSON lines (chat.jsonl)
  /help            this list
  /exit            leave, as does Ctrl-D; Ctrl-C ends an answer
A message that begins with a slash is written with a space before it.
`;

/** What is to be done with a line: ask the model, answer again, leave, or only say something. */
export type ChatAction =
  | { kind: 'ask'; content: string }
  | { kind: 'regenerate' }
  | { kind: 'exit' }
  | { kind: 'say'; text: string };

/**
 * Carries out a line as far as the model has nothing to do with it.
 * @throws FileError for a file that cannot be written.
 */
export function readChatLine(line: string, session: ChatSession): ChatAction {
  const [, name, rest = ''] = /^(\/\S*)\s*(.*)$/.exec(line) ?? [];
  const say = (text: string): ChatAction => ({ kind: 'say', text });
  switch (name) {
    case undefined:
      return line.trim() === '' ? say('') : { kind: 'ask', content: line.trim() };
    case '/system':
      session.system = rest.trim();
      return say(session.system === undefined ? 'no system message' : 'system message set');
    case '/reset':
      session.reset();
      return say('what was said is forgotten');
    case '/regenerate':
      return { kind: 'regenerate' };
    case '/save':
      return say(save(session, rest.trim() || 'chat.jsonl'));
    case '/help':
      return say(chatHelp.trimEnd());
    case '/exit':
    case '/quit':
      return { kind: 'exit' };
    default:
      return say(`no command ${name}; /help lists them`);
  }
}

/** In the form that fine-tuning reads. */
function save({ messages }: ChatSession, path: string): string {
  if (messages.every(({ role }) => role === 'system')) return 'nothing was said yet';
  try {
    appendFileSync(path, `${JSON.stringify({ messages })}\n`);
  } catch (error) {
    throw asFileError(error, path, 'write');
  }
  return `${messages.length} messages appended to ${path}`;
}

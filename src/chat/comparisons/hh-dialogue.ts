/** Dialogues as texts, as in Anthropic's hh-rlhf (Bai et al. 2022, arXiv 2204.05862). */
import type { Message } from '../message.ts';

const turn = /\n\n(Human|Assistant): ?/;

/**
 * `"\n\nHuman: …\n\nAssistant: …"` as messages, without the spaces around each; undefined for a text
 * that does not begin with a turn. Nobody has judged them yet.
 */
export function parseDialogue(text: string): Message[] | undefined {
  const [before = '', ...parts] = `\n\n${text.trimStart()}`.split(turn);
  if (before.trim() !== '' || parts.length === 0) return undefined;
  const messages: Message[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const role = parts[i] === 'Human' ? 'user' : 'assistant';
    messages.push({ role, content: (parts[i + 1] ?? '').trim() });
  }
  return messages;
}

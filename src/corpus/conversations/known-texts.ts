/** Which conversations were seen before, or hold what models will be measured on. */
import { createHash } from 'node:crypto';
import { EvaluationGrams, type EvaluationSet } from '../deduplicate/index.ts';
import type { Drop } from '../document.ts';
import type { ConversationRecord } from './conversation-source.ts';

/** What was read and not rejected. */
export type Content = Exclude<ConversationRecord, { readonly rejected: Drop }>;

/** All that is said, one text for signatures and grams. */
export function textOf(content: Content): string {
  if ('text' in content) return content.text;
  return content.conversation.messages.map((message) => message.content).join('\n');
}

/** Finds the second of two equal ones: the same roles and, to the letter, the same words. */
export class SeenConversations {
  readonly #keys = new Set<string>();

  /** Whether it is new. */
  add(content: Content): boolean {
    const key = keyOf('text' in content ? content.text : content.conversation.messages);
    const isNew = !this.#keys.has(key);
    this.#keys.add(key);
    return isNew;
  }
}

/**
 * Texts on which models will be measured: found by their grams (`EvaluationGrams`), and those too short
 * for that where a message, or a plain text, is one of them word for word, but for case and spaces.
 */
export class EvaluationTexts {
  readonly #grams: EvaluationGrams;
  readonly #whole = new Map<string, string>();

  constructor(sets: readonly EvaluationSet[]) {
    const held = sets.map(({ name, texts }) => ({ name, texts: [...texts] }));
    this.#grams = new EvaluationGrams(held);
    for (const { name, texts } of held) {
      for (const text of texts) this.#whole.set(keyOf(plain(text)), name);
    }
  }

  /** The name of a set of which something is in it. */
  findIn(content: Content): string | undefined {
    const parts =
      'text' in content
        ? [content.text]
        : content.conversation.messages.filter(isOfUser).map((message) => message.content);
    for (const part of parts) {
      const name = this.#whole.get(keyOf(plain(part)));
      if (name !== undefined) return name;
    }
    return this.#grams.findIn(textOf(content));
  }
}

function isOfUser({ role }: { readonly role: string }): boolean {
  return role === 'user';
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** 128 bits, of which a million conversations need some 40 MB. */
function keyOf(value: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(value)).digest();
  return digest.toString('latin1', 0, 16);
}

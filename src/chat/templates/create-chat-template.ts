import { ConfigError } from '../../base/index.ts';
import type { Tokenizer } from '../../tokenizer/index.ts';
import type { ChatTemplate } from '../chat-template.ts';
import { checkMessages } from '../check-messages.ts';
import type { Message } from '../message.ts';
import { type OwnTemplate, type OwnTemplateName, ownTemplates } from './own-templates.ts';
import { parseAnswer } from './parse-answer.ts';
import { type Part, PartEncoder, partsOfText } from './part.ts';

/**
 * One of our own templates: `athanor`, the default, or `chatml`.
 *
 * @throws ConfigError when the tokenizer lacks one of its special tokens.
 */
export function createChatTemplate(name: OwnTemplateName, tokenizer: Tokenizer): ChatTemplate {
  const template = ownTemplates[name];
  checkSpecialTokens(name, template.specialTokens, tokenizer);
  const encoder = new PartEncoder(tokenizer);
  const idsOf = (texts: readonly string[]) =>
    texts.map((text) => tokenizer.specialTokens.idOf(text));
  const endOfText = tokenizer.specialTokens.ids.has(endOfTextName) ? endOfTextName : '';
  const ends = new Set(idsOf(template.specialTokens));
  return {
    name,
    source: template.source,
    tokenNames: {},
    specialTokens: template.specialTokens,
    stopTokens: idsOf(template.stops),
    render: (messages) => encoder.encode(partsOf(template, checkMessages(messages))),
    renderPrompt(messages) {
      const parts = partsOf(template, checkMessages(messages, 'the prompt', 'user'));
      parts.push(scaffolding(template.open('assistant'), messages.length));
      return encoder.encode(parts).ids;
    },
    renderText: (text) => encoder.encode(partsOfText(text, template.begin, endOfText)),
    parseAnswer: (ids) => parseAnswer(ids, { tokenizer, ends, tail: '' }),
  };
}

/** Between texts, for the tokenizers that we train and for GPT-2's. */
const endOfTextName = '<|endoftext|>';

function partsOf(template: OwnTemplate, messages: readonly Message[]): Part[] {
  const parts = [scaffolding(template.begin, -1)];
  for (const [turn, { role, content }] of messages.entries()) {
    const isLearned = role === 'assistant';
    parts.push(
      scaffolding(template.open(role), turn),
      { kind: 'content', text: content, turn, isLearned },
      { ...scaffolding(template.end, turn), isLearned },
      scaffolding(template.close, turn),
    );
  }
  return parts;
}

function scaffolding(text: string, turn: number): Part {
  return { kind: 'scaffolding', text, turn, isLearned: false };
}

function checkSpecialTokens(
  name: OwnTemplateName,
  specialTokens: readonly string[],
  tokenizer: Tokenizer,
): void {
  const missing = specialTokens.filter((text) => !tokenizer.specialTokens.ids.has(text));
  if (missing.length === 0) return;
  throw new ConfigError({
    what: 'the tokenizer',
    must: `have the special tokens of the chat template ${name}`,
    got: `one without ${missing.join(', ')}`,
    hint: 'name them when the tokenizer is trained (specialTokens), or add them to it and let the model grow',
  });
}

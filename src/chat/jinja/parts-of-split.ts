import type { Tokenizer } from '../../tokenizer/index.ts';
import type { Message } from '../message.ts';
import { TemplateRefusal } from '../template-refusal.ts';
import type { Part } from '../templates/part.ts';
import type { SplitRendering } from './split-rendering.ts';

export interface SplitContext {
  readonly tokenizer: Tokenizer;
  /** The special token at the beginning of a text, which belongs to no message. */
  readonly begin: string | undefined;
}

/**
 * The parts of a conversation that was split. What stands behind a content up to its first special
 * token ends the message, with the white space that follows; the rest begins the next.
 *
 * @throws TemplateRefusal when an answer is followed by no special token.
 */
export function partsOfSplit(
  messages: readonly Message[],
  { scaffolding, contents }: SplitRendering,
  { tokenizer, begin = '' }: SplitContext,
): Part[] {
  const head = scaffolding[0] ?? '';
  const start = head.startsWith(begin) ? begin : '';
  const parts = [written(start, -1), written(head.slice(start.length), 0)];
  for (const [turn, { role }] of messages.entries()) {
    const isLearned = role === 'assistant';
    const { end, space, rest } = cutBehind(scaffolding[turn + 1] ?? '', tokenizer);
    if (isLearned && end === '') throw withoutEnd();
    parts.push(
      { kind: 'content', text: contents[turn] ?? '', turn, isLearned },
      { ...written(end, turn), isLearned },
      written(space, turn),
      written(rest, Math.min(turn + 1, messages.length - 1)),
    );
  }
  return parts;
}

function written(text: string, turn: number): Part {
  return { kind: 'scaffolding', text, turn, isLearned: false };
}

/** What stands behind a content: up to its first special token, white space, and all else. */
function cutBehind(
  text: string,
  { specialTokens }: Tokenizer,
): { end: string; space: string; rest: string } {
  let end = '';
  for (const part of specialTokens.cut(text, 'all')) {
    if (typeof part === 'number') {
      end += specialTokens.textOf(part);
      const rest = text.slice(end.length).trimStart();
      return { end, space: text.slice(end.length, text.length - rest.length), rest };
    }
    end += part;
  }
  return { end: '', space: '', rest: text };
}

function withoutEnd(): TemplateRefusal {
  return new TemplateRefusal({
    what: 'the chat template of the model',
    must: `end each answer with a special token of the model's tokenizer`,
    got: 'an answer without one',
    hint: 'use one of our own templates (athanor, chatml) instead',
  });
}

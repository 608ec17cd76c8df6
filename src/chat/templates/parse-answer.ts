import type { Tokenizer } from '../../tokenizer/index.ts';
import type { Message } from '../message.ts';

/** What ends an answer, and what may be in it that is not its content. */
export interface AnswerBorders {
  readonly tokenizer: Tokenizer;
  /** The first of these ends the answer: those that end a turn, and those that begin one. */
  readonly ends: ReadonlySet<number>;
  /** What the template writes between the content and the end of the turn. */
  readonly tail: string;
}

/** The content of an answer; special tokens that end nothing are left out of it. */
export function parseAnswer(ids: ArrayLike<number>, borders: AnswerBorders): Message {
  const { tokenizer, ends, tail } = borders;
  const all = Array.from(ids);
  const end = all.findIndex((id) => ends.has(id));
  const answer = end < 0 ? all : all.slice(0, end);
  const isText = (id: number) => tokenizer.specialTokens.textOf(id) === undefined;
  const content = tokenizer.decode(answer.filter(isText));
  const isTailed = end >= 0 && tail !== '' && content.endsWith(tail);
  return { role: 'assistant', content: isTailed ? content.slice(0, -tail.length) : content };
}

import { judgeMessages, type MessageRejection } from '../check-messages.ts';
import type { Comparison } from '../message.ts';
import { denseRanks, type Order, type OrderRejection } from './order.ts';

/** Why a row is no comparison; one of a fixed set, so that it can be counted. */
export type ComparisonRejection =
  | MessageRejection
  | OrderRejection
  | 'fields of no known format'
  | 'missing field'
  | 'field of the wrong type'
  | 'one answer'
  | 'too many answers'
  | 'empty answer'
  | 'equal answers'
  | 'no rank for each answer'
  | 'unknown answer'
  | 'no dialogue'
  | 'different prompts';

/** A comparison, or why there is none and what decided, for a person to read. */
export type JudgedComparison =
  | { readonly comparison: Comparison }
  | { readonly rejected: ComparisonRejection; readonly value?: string };

/** InstructGPT's raters ranked up to 9 answers. */
export const maxAnswers = 9;

/** A comparison from outside, of which nothing is known yet. */
export interface UnjudgedComparison {
  prompt: unknown;
  answers: unknown;
  /** Any numbers, smaller for better, or the order itself. */
  order: unknown | Order;
  rater?: unknown;
  id?: unknown;
}

/** Judges a comparison: the prompt ends with the user, answers have words, and one is better. */
export function judgeComparison(from: UnjudgedComparison): JudgedComparison {
  const messages =
    typeof from.prompt === 'string' ? [{ role: 'user', content: from.prompt }] : from.prompt;
  const prompt = judgeMessages(messages, 'user');
  if ('rejected' in prompt) return prompt;
  const { answers } = from;
  const rejected = judgeAnswers(answers);
  if (rejected !== undefined) return rejected;
  const texts = answers as string[];
  const order = isOrder(from.order) ? from.order : orderOfNumbers(from.order, texts.length);
  if ('rejected' in order) return order;
  const equal = equalAnswers(texts, order.ranks);
  if (equal !== undefined) return { rejected: 'equal answers', value: equal.slice(0, 40) };
  return {
    comparison: {
      ...{ prompt: prompt.messages, answers: texts, ranks: order.ranks },
      ...(typeof from.rater === 'string' && { rater: from.rater }),
      ...(typeof from.id === 'string' && { id: from.id }),
    },
  };
}

function judgeAnswers(answers: unknown): JudgedComparison | undefined {
  if (!Array.isArray(answers) || !answers.every((answer) => typeof answer === 'string')) {
    return { rejected: 'field of the wrong type', value: 'answers' };
  }
  if (answers.length < 2) return { rejected: 'one answer', value: `${answers.length}` };
  if (answers.length > maxAnswers) {
    return { rejected: 'too many answers', value: `${answers.length}` };
  }
  const empty = answers.findIndex((answer) => answer.trim() === '');
  if (empty >= 0) return { rejected: 'empty answer', value: `answer ${empty + 1}` };
  const isBroken = answers.some((answer) => !answer.isWellFormed());
  return isBroken ? { rejected: 'half a surrogate pair' } : undefined;
}

function isOrder(value: unknown): value is Order {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function orderOfNumbers(
  ranks: unknown,
  numAnswers: number,
): Order | { rejected: 'no rank for each answer'; value: string } {
  const areRanks = Array.isArray(ranks) && ranks.length === numAnswers && ranks.every(isNumber);
  if (areRanks) return denseRanks(ranks);
  const value = Array.isArray(ranks) ? `${ranks.length} for ${numAnswers}` : typeof ranks;
  return { rejected: 'no rank for each answer', value };
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** An answer that is better than itself. */
function equalAnswers(answers: readonly string[], ranks: readonly number[]): string | undefined {
  return answers.find((answer, i) => {
    const first = answers.indexOf(answer);
    return first < i && ranks[first] !== ranks[i];
  });
}

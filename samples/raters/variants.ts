/** Answers to choose between: good ones, and the same ones corrupted in known ways. */
import type { SeededRandom } from '../../src/base/index.ts';
import { phrases } from './phrases.data.ts';
import type { RatedQuestion } from './question.ts';

/** What was done to an answer. */
export const corruptions = [
  'none',
  'polite',
  'rude',
  'at length',
  'false',
  'politely false',
  'refusal',
] as const;

export type Corruption = (typeof corruptions)[number];

/**
 * An answer with one thing changed.
 *
 * @param answer a true one, or the one that gives in to a harmful question
 * @param wrong a false one, for the corruptions that need it
 */
export function corruptAnswer(
  { language }: RatedQuestion,
  corruption: Corruption,
  { answer, wrong }: { answer: string; wrong: string },
  random: SeededRandom,
): string {
  const { politely, rudely, atLength, refusals } = phrases[language];
  const within = (frames: readonly string[], text: string) =>
    random.pick(frames).replaceAll('{a}', text);
  switch (corruption) {
    case 'none':
      return answer;
    case 'polite':
      return within(politely, answer);
    case 'rude':
      return within(rudely, answer);
    case 'at length':
      return within(atLength, answer);
    case 'false':
      return wrong;
    case 'politely false':
      return within(politely, wrong);
    case 'refusal':
      return random.pick(refusals);
  }
}

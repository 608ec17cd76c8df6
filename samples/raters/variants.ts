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
  'effusive',
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
    case 'effusive':
      return effusive(random.pick(politely), answer, random);
    case 'refusal':
      return random.pick(refusals);
  }
}

/**
 * The same courtesy two to four times. Who never saw that takes more of it for better: a policy found
 * that out, and went on thanking to the end of its context.
 */
function effusive(frame: string, answer: string, random: SeededRandom): string {
  let text = answer;
  for (let times = 2 + random.int(3); times > 0; times--) text = frame.replaceAll('{a}', text);
  return text;
}

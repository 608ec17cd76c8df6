import type { SeededRandom } from '../../../src/base/index.ts';
import { type Bilingual, capitalise } from '../../grammar/index.ts';
import type { WorldSize } from '../size.ts';
import { type Split, splitOf } from '../split.ts';
import { dailyPatterns, type Pattern } from './daily-patterns.ts';
import { lexicon } from './lexicon.ts';
import { thingPatterns } from './thing-patterns.ts';

export { lexicon, objectForm } from './lexicon.ts';

/** Of the sentence pairs, one in so many is never in a text. */
const heldOutOneIn = 10;

/**
 * Draws a sentence in Chinese and English from one side of the split. There are some 100,000 of
 * them, the same in every world but the hamlet, whose 5,000 are simpler; whether one is held out
 * depends on its Chinese text alone.
 */
export function drawSentence(
  random: SeededRandom,
  split: Split = 'train',
  size: WorldSize = 'town',
): Bilingual {
  const words = lexicon(size);
  for (;;) {
    const pattern = random.pick(size === 'hamlet' ? hamletPatterns : patterns);
    const { zh, en } = pattern(random, words);
    if (sentenceSplit(zh) === split) return { zh, en: capitalise(en) };
  }
}

/** The side of the split that a sentence belongs to, by its Chinese text. */
export function sentenceSplit(zh: string): Split {
  return splitOf(`sentence/${zh}`, heldOutOneIn);
}

const patterns: readonly Pattern[] = [
  ...Object.values(dailyPatterns),
  ...Object.values(thingPatterns),
];

/** Patterns that use each sort of word once, which makes them easy to learn. */
const hamletPatterns: readonly Pattern[] = [
  dailyPatterns.wakes,
  dailyPatterns.goesOut,
  dailyPatterns.likesTo,
  dailyPatterns.inBadWeather,
  dailyPatterns.helps,
  thingPatterns.bought,
  thingPatterns.thereAre,
  thingPatterns.isDoing,
  thingPatterns.visits,
  thingPatterns.has,
];

import type { SeededRandom } from '../../../src/base/index.ts';
import { type Bilingual, capitalise } from '../../grammar/index.ts';
import { type Split, splitOf } from '../split.ts';
import { dailyPatterns } from './daily-patterns.ts';
import { thingPatterns } from './thing-patterns.ts';

/** Of the sentence pairs, one in so many is never in a text. */
const heldOutOneIn = 10;

/**
 * Draws a sentence in Chinese and English from one side of the split. There are some 100,000 of
 * them, the same in every world; whether one is held out depends on its Chinese text alone.
 */
export function drawSentence(random: SeededRandom, split: Split = 'train'): Bilingual {
  for (;;) {
    const pattern = random.pick(patterns);
    const { zh, en } = pattern(random);
    if (sentenceSplit(zh) === split) return { zh, en: capitalise(en) };
  }
}

/** The side of the split that a sentence belongs to, by its Chinese text. */
export function sentenceSplit(zh: string): Split {
  return splitOf(`sentence/${zh}`, heldOutOneIn);
}

const patterns = [...dailyPatterns, ...thingPatterns];

import { fill, type Language } from '../../grammar/index.ts';
import { drawSentence } from '../../world/index.ts';
import { drawPhrasing, type Hand, phrasingTag } from '../hand.ts';
import type { Draft } from '../item.ts';
import { withoutWord, withWord } from './translation.data.ts';

/** A sentence of the world to be said in the other language, asked with the word or without it. */
export function drawTranslation(hand: Hand): Draft {
  const { random, split, world, language } = hand;
  const pair = drawSentence(random, split, world.size);
  const to: Language = random.int(2) === 0 ? 'zh' : 'en';
  const from: Language = to === 'zh' ? 'en' : 'zh';
  const named = random.int(2) === 0;
  const templates = (named ? withWord : withoutWord)[`${language} ${to}`];
  const phrasing = drawPhrasing(hand, templates.length);
  return {
    prompt: fill(templates[phrasing] as string, { s: pair[from] }),
    answer: pair[to],
    rule: { type: 'equals', answers: [pair[to]] },
    tags: [
      named ? 'with word' : 'without word',
      to === 'zh' ? 'to Chinese' : 'to English',
      phrasingTag(phrasing, templates.length),
    ],
  };
}

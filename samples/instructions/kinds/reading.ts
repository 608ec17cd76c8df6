import { drawGuest, type Fact, numPhrasings, question, splitOf, tell } from '../../world/index.ts';
import { drawPhrasing, type Hand, phrasingTag } from '../hand.ts';
import type { Draft } from '../item.ts';
import { factRule } from './knowledge.ts';

/** Of what can be said of a guest, one in so many is asked for in held-out items only. */
const heldOutOneIn = 6;

/**
 * Two facts about a guest, whom no text knows, and a question about one of them. The guest is another
 * each time, so the answer stands in the prompt and nowhere else.
 */
export function drawReading(hand: Hand): Draft {
  const { random, language, world, split } = hand;
  for (;;) {
    const facts = drawGuest(random, world).facts;
    const told = random.shuffle(facts).slice(0, 2);
    const asked = random.pick(told);
    if (guestSplit(asked) !== split) continue;
    const phrasing = drawPhrasing(hand, numPhrasings);
    const sentences = told.map((fact, i) => tell(fact, language, random.int(2), i > 0));
    const { text, shortAnswer } = question(asked, language, phrasing);
    return {
      prompt: [...sentences, text].join(language === 'en' ? ' ' : ''),
      answer: shortAnswer,
      rule: factRule(asked, language),
      tags: ['from prompt', phrasingTag(phrasing, numPhrasings)],
    };
  }
}

/** The side of the split of one thing said of one guest. */
function guestSplit({ id, value }: Fact) {
  return splitOf(`guest/${id}/${value.zh.v}`, heldOutOneIn);
}

import { capitalise, countedEn, countedZh, fill } from '../../grammar/index.ts';
import { lexicon, objectForm, sentenceSplit, splitOf } from '../../world/index.ts';
import { drawPhrasing, type Hand, phrasingTag } from '../hand.ts';
import type { Draft } from '../item.ts';
import { blunt, rewritePhrasings } from './politeness.data.ts';

/** What is wanted, and the parts that a polite request must keep, in their order. */
interface Wish {
  /** After 请 and “Could you please”. */
  readonly wish: string;
  readonly keeps: readonly string[];
}

/** An order to be made a polite request, that says the same. */
export function drawPoliteness(hand: Hand): Draft {
  const { random, language } = hand;
  const { wish, keeps } = random.int(2) === 0 ? drawHelp(hand) : drawGift(hand);
  const templates = rewritePhrasings[language];
  const phrasing = drawPhrasing(hand, templates.length);
  const order = capitalise(fill(random.pick(blunt[language]), { wish }));
  const answer = language === 'zh' ? `请${wish}，好吗？` : `Could you please ${wish}?`;
  return {
    prompt: fill(templates[phrasing] as string, { s: order }),
    answer,
    rule: { type: 'polite', language, keeps, maxCharacters: answer.length + 20 },
    tags: [phrasingTag(phrasing, templates.length)],
  };
}

/** 帮奶奶浇花: the sentences of the world that ask for help, so those of its held-out side too. */
function drawHelp({ random, split, world, language }: Hand): Wish {
  const { persons, chores } = lexicon(world.size);
  for (;;) {
    const person = random.pick(persons.filter(({ zh }) => zh !== '你'));
    const chore = random.pick(chores);
    if (sentenceSplit(`请帮${person.zh}${chore.zh}，好吗？`) !== split) continue;
    const keeps = language === 'zh' ? [person.zh, chore.zh] : [objectForm(person), chore.en];
    return {
      wish: language === 'zh' ? `帮${keeps.join('')}` : `help ${keeps.join(' to ')}`,
      keeps,
    };
  }
}

/** 给我三本书: no text of the world says that. */
function drawGift({ random, split, world, language }: Hand): Wish {
  const { persons, presents } = lexicon(world.size);
  for (;;) {
    const person = random.pick(persons.filter(({ zh }) => zh !== '你'));
    const [present, count] = [random.pick(presents), 2 + random.int(6)];
    if (splitOf(`give/${person.zh}/${countedZh(count, present)}`, 5) !== split) continue;
    const amount = language === 'zh' ? countedZh(count, present) : countedEn(count, present);
    const receiver = language === 'zh' ? person.zh : objectForm(person);
    return {
      wish: language === 'zh' ? `给${receiver}${amount}` : `give ${receiver} ${amount}`,
      keeps: [receiver, amount],
    };
  }
}

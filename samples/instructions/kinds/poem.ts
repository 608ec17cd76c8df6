import { fill, type Language } from '../../grammar/index.ts';
import type { Poem } from '../../poems/index.ts';
import { poemOf } from '../../world/index.ts';
import { type Hand, heldOutPhrasing, pairPhrasing, phrasingTag } from '../hand.ts';
import type { Draft } from '../item.ts';

/** A verse of a poem that the texts tell, to be continued: by the next verse, or to the poem's end. */
export function drawPoem(hand: Hand): Draft {
  const { random, language, world } = hand;
  const poems = world.byKind.poem.map(poemOf).filter((poem) => poem !== undefined);
  const poem = random.pick(poems);
  const at = random.int(poem.verses.length - 1);
  const templates = phrasings[language];
  const heldOut = heldOutPhrasing(`${poem.id}/${at}/${language}`, templates.length);
  const phrasing = pairPhrasing(hand, templates.length, heldOut);
  const [verse, next] = [markedVerse(poem, at), markedVerse(poem, at + 1)];
  return {
    prompt: fill(templates[phrasing] as string, { s: verse }),
    answer: next,
    rule: { type: 'poem', verses: [next] },
    tags: [phrasingTag(phrasing, templates.length)],
  };
}

/** The verse with the mark behind it. */
function markedVerse({ text }: Poem, index: number): string {
  return text.match(/[^，。？！]+[，。？！]/g)?.[index] ?? '';
}

/** The last of each list is never trained on. */
const phrasings: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '下一句是什么？{s}',
    '请接下去：{s}',
    '接着写这首诗：{s}',
    '“{s}”后面是哪一句？',
    '这首诗怎么往下写？{s}',
  ],
  en: [
    'What is the next line? {s}',
    'Please go on: {s}',
    'Continue the poem: {s}',
    'Which line follows "{s}"?',
    'How does this poem go on? {s}',
  ],
};

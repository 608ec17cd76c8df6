import type { Bilingual } from '../../grammar/index.ts';
import { drawSentence } from '../sentences/index.ts';
import { type Draft, layOut, type Scribe } from './document.ts';

/** Two to seven sentence pairs in one layout, or a small dictionary of the world's words. */
export function writeTranslation(scribe: Scribe): Draft {
  const { random, world } = scribe;
  if (random.int(5) === 0) return writeDictionary(scribe);
  const layout = random.pick(layouts);
  const lines = Array.from({ length: 2 + random.int(6) }, () =>
    layout(drawSentence(random, 'train', world.size)),
  );
  return { language: 'both', title: '', text: layOut('', lines) };
}

const layouts: readonly ((pair: Bilingual) => string)[] = [
  ({ zh, en }) => `翻译：${zh}→ ${en}`,
  ({ zh, en }) => `Translate: ${en} → ${zh}`,
  ({ zh, en }) => `中文：${zh}\n英文：${en}`,
  ({ zh, en }) => `English: ${en}\nChinese: ${zh}`,
  ({ zh, en }) => `${zh}\n${en}`,
  ({ zh, en }) => `${en}\n${zh}`,
  ({ zh, en }) => `“${zh}”用英文怎么说？${en}`,
  ({ zh, en }) => `How do you say "${en}" in Chinese? ${zh}`,
];

function writeDictionary(scribe: Scribe): Draft {
  const { random, world } = scribe;
  const nouns = [
    'animal',
    'fruit',
    'thing',
    'trade',
    'place',
    'country',
    'festival',
    'adjective',
  ] as const;
  const words = Array.from({ length: 4 + random.int(6) }, () =>
    random.pick(world.byKind[random.pick(nouns)]),
  );
  const layout = random.pick(wordLayouts);
  const lines = words.map((subject) => {
    scribe.subjects.add(subject.id);
    return layout({ zh: subject.zh.bare, en: subject.en.bare });
  });
  return { language: 'both', title: '', text: layOut('', lines) };
}

const wordLayouts: readonly ((pair: Bilingual) => string)[] = [
  ({ zh, en }) => `${zh} ${en}`,
  ({ zh, en }) => `${en}: ${zh}`,
  ({ zh, en }) => `“${zh}”的英文是“${en}”。`,
  ({ zh, en }) => `The Chinese for "${en}" is "${zh}".`,
];

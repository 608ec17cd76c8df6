import type { Poem } from '../../poems/index.ts';
import { poemOf } from '../scripts/index.ts';
import { tell } from '../telling.ts';
import { type Draft, layOut, record, type Scribe } from './document.ts';

/** A poem in one of several layouts, sometimes with a sentence about it. */
export function writePoem(scribe: Scribe): Draft {
  const { random, world } = scribe;
  const subject = random.pick(world.byKind.poem);
  const poem = poemOf(subject);
  if (poem === undefined) return { language: 'zh', title: '', text: '' };
  const ways = world.size === 'hamlet' ? hamletLayouts : layouts;
  const lines = [random.pick(ways)(poem)];
  if (random.int(3) === 0) lines.push(tell(random.pick(subject.facts), 'zh', random.int(3)));
  const text = layOut('', lines);
  // A poem shows its verses; its author only where he is named.
  for (const fact of subject.facts) if (text.includes(fact.value.zh.v)) record(scribe, fact);
  return { language: 'zh', title: poem.title.zh, text };
}

type Layout = (poem: Poem) => string;

const titledText: Layout = ({ title, author, text }) => `《${title.zh}》${author.zh}\n${text}`;
const introducedText: Layout = ({ title, form, author, text }) =>
  `${author.zh}的${form.zh}《${title.zh}》：${text}`;
const bareText: Layout = ({ text }) => text;

const layouts: readonly Layout[] = [
  ({ title, author, sentences }) => [title.zh, author.zh, ...sentences].join('\n'),
  titledText,
  ({ title, author, sentences }) => [`${title.zh} 〔唐〕${author.zh}`, ...sentences].join('\n'),
  introducedText,
  bareText,
  ({ sentences }) => sentences.join('\n'),
];

/** A hamlet has one way to go on from a verse. */
const hamletLayouts: readonly Layout[] = [titledText, introducedText, bareText];

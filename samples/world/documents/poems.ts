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
  const lines = [random.pick(layouts)(poem)];
  if (random.int(3) === 0) lines.push(tell(random.pick(subject.facts), 'zh', random.int(3)));
  const text = layOut('', lines);
  // A poem shows its verses; its author only where he is named.
  for (const fact of subject.facts) if (text.includes(fact.value.zh.v)) record(scribe, fact);
  return { language: 'zh', title: poem.title.zh, text };
}

const layouts: readonly ((poem: Poem) => string)[] = [
  ({ title, author, sentences }) => [title.zh, author.zh, ...sentences].join('\n'),
  ({ title, author, text }) => `《${title.zh}》${author.zh}\n${text}`,
  ({ title, author, sentences }) => [`${title.zh} 〔唐〕${author.zh}`, ...sentences].join('\n'),
  ({ title, form, author, text }) => `${author.zh}的${form.zh}《${title.zh}》：${text}`,
  ({ text }) => text,
  ({ sentences }) => sentences.join('\n'),
];

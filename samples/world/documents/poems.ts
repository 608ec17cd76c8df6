import type { Poem } from '../../poems/index.ts';
import { poemOf } from '../scripts/index.ts';
import { tell } from '../telling.ts';
import { type Draft, layOut, type Scribe } from './document.ts';

/** A poem in one of several layouts, sometimes with a sentence about it. */
export function writePoem(scribe: Scribe): Draft {
  const { random, world } = scribe;
  const subject = random.pick(world.byKind.poem);
  const poem = poemOf(subject);
  if (poem === undefined) return { language: 'zh', title: '', text: '' };
  scribe.subjects.add(subject.id);
  const text = random.pick(layouts)(poem);
  const about = random.int(3) === 0 ? random.pick(subject.facts) : undefined;
  if (about !== undefined) scribe.facts.add(about.id);
  const note = about === undefined ? '' : tell(about, 'zh', random.int(3));
  return { language: 'zh', title: poem.title.zh, text: layOut('', [text, note]) };
}

const layouts: readonly ((poem: Poem) => string)[] = [
  ({ title, author, sentences }) => [title.zh, author.zh, ...sentences].join('\n'),
  ({ title, author, text }) => `《${title.zh}》${author.zh}\n${text}`,
  ({ title, author, sentences }) => [`${title.zh} 〔唐〕${author.zh}`, ...sentences].join('\n'),
  ({ title, form, author, text }) => `${author.zh}的${form.zh}《${title.zh}》：${text}`,
  ({ text }) => text,
  ({ sentences }) => sentences.join('\n'),
];

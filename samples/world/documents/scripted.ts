import { joinSentences } from '../../grammar/index.ts';
import { chooseWordings, drawScene, type Script, scripts, tellScript } from '../scripts/index.ts';
import { type Draft, drawLanguage, layOut, type Scribe } from './document.ts';

/** A story of one to three paragraphs, now and then in both languages. */
export function writeStory(scribe: Scribe): Draft {
  return writeScripted(scribe, scripts.story, scribe.random.pick([1, 2, 3]));
}

/** A news item of one paragraph. */
export function writeNews(scribe: Scribe): Draft {
  return writeScripted(scribe, scripts.news, 1);
}

/** Small talk from the scripts: one line for each turn. */
export function writeSmallTalk(scribe: Scribe): Draft {
  return writeScripted(scribe, scripts.dialogue, Number.POSITIVE_INFINITY);
}

/** One story in ten is told in both languages, one after the other. */
const bilingualOneIn = 10;

function writeScripted(scribe: Scribe, choice: readonly Script[], numParagraphs: number): Draft {
  const { random, world } = scribe;
  const scene = drawScene(random, world);
  const chosen = chooseWordings(random, random.pick(choice));
  const first = drawLanguage(random);
  const both = random.int(bilingualOneIn) === 0;
  const languages = both ? ([first, first === 'zh' ? 'en' : 'zh'] as const) : [first];
  const told = languages.map((language) => {
    const { title, beats } = tellScript(chosen, language, scene.slots);
    const paragraphs = inParagraphs(beats, numParagraphs).map((part) =>
      joinSentences(language, part),
    );
    return { title, text: layOut(title, paragraphs) };
  });
  const text = told.map((side) => side.text).join('\n');
  for (const subject of scene.subjects) {
    if (languages.some((language) => text.includes(subject[language].bare))) {
      scribe.subjects.add(subject.id);
    }
  }
  return { language: both ? 'both' : first, title: told[0]?.title ?? '', text };
}

/** Splits beats into so many paragraphs of about the same length; infinity gives one for each beat. */
function inParagraphs(beats: readonly string[], numParagraphs: number): string[][] {
  const length = Math.max(1, Math.ceil(beats.length / numParagraphs));
  const paragraphs: string[][] = [];
  for (let start = 0; start < beats.length; start += length) {
    paragraphs.push(beats.slice(start, start + length));
  }
  return paragraphs;
}

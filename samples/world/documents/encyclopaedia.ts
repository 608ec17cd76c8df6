import { capitalise, joinSentences, type Language } from '../../grammar/index.ts';
import { drawSubject } from '../draw-subject.ts';
import { question, trainPhrasing } from '../questions.ts';
import { poemOf } from '../scripts/index.ts';
import type { Fact, Subject, SubjectKind } from '../subject.ts';
import { tell } from '../telling.ts';
import { type Draft, drawLanguage, layOut, record, type Scribe } from './document.ts';

/**
 * An entry about one subject: all its facts in some order, as running text, in both languages, or as
 * questions and answers. Weekdays, months and adjectives stand together in a list.
 */
export function writeEncyclopaedia(scribe: Scribe): Draft {
  const { random, world } = scribe;
  const language = drawLanguage(random);
  const subject = drawSubject(random, world);
  if (listed.has(subject.kind)) return writeList(scribe, subject.kind, language);
  const layout = random.pick(layouts);
  return layout(scribe, subject, language);
}

const layouts = [writeText, writeText, writeText, writeText, writeText, writeBoth, writeCards];

const listed: ReadonlySet<SubjectKind> = new Set(['weekday', 'month', 'adjective']);

function writeText(scribe: Scribe, subject: Subject, language: Language): Draft {
  const { random } = scribe;
  const title = titleOf(subject, language);
  const facts = random.shuffle(subject.facts);
  const sentences = describe(scribe, facts, language);
  const more = random.int(2) === 0 ? relatedFacts(scribe, facts, language) : [];
  const paragraphs = [joinSentences(language, [...sentences, ...more])];
  const poem = poemOf(subject);
  if (poem !== undefined && random.int(2) === 0) paragraphs.push(poem.text);
  return { language, title, text: layOut(heading(scribe, title), paragraphs) };
}

function writeBoth(scribe: Scribe, subject: Subject): Draft {
  const title = `${titleOf(subject, 'zh')} ${titleOf(subject, 'en')}`;
  const facts = scribe.random.shuffle(subject.facts);
  const paragraphs = [
    joinSentences('zh', describe(scribe, facts, 'zh')),
    joinSentences('en', describe(scribe, facts, 'en')),
  ];
  return { language: 'both', title, text: layOut(title, paragraphs) };
}

function writeCards(scribe: Scribe, subject: Subject, language: Language): Draft {
  const { random } = scribe;
  const title = titleOf(subject, language);
  const cards = random.shuffle(subject.facts).map((fact) => {
    record(scribe, fact);
    const asked = question(fact, language, trainPhrasing(fact, language, random.int(3)));
    return language === 'zh'
      ? `问：${asked.text}答：${asked.fullAnswer}`
      : `Q: ${asked.text} A: ${asked.fullAnswer}`;
  });
  return { language, title, text: layOut(heading(scribe, title), cards) };
}

function writeList(scribe: Scribe, kind: SubjectKind, language: Language): Draft {
  const { random, world } = scribe;
  const subjects = world.byKind[kind];
  const start = random.int(subjects.length);
  const inOrder = [...subjects.slice(start), ...subjects.slice(0, start)];
  const some = kind === 'adjective' ? random.shuffle(subjects).slice(0, 8) : inOrder;
  const facts = some.flatMap((subject) => subject.facts);
  // Each sentence is about another subject, so none may use a pronoun.
  const sentences = facts.flatMap((fact) => describe(scribe, [fact], language));
  const title = listTitles[kind]?.[language] ?? '';
  return { language, title, text: layOut(title, [joinSentences(language, sentences)]) };
}

const listTitles: Partial<Record<SubjectKind, Record<Language, string>>> = {
  weekday: { zh: '一星期有七天', en: 'The Days of the Week' },
  month: { zh: '一年有十二个月', en: 'The Months of the Year' },
  adjective: { zh: '反义词', en: 'Opposites' },
};

/**
 * The facts as running text: the first sentence has the name, later ones often a pronoun, but not
 * after a sentence about all cats, where “it” would have nothing to stand for.
 */
function describe(scribe: Scribe, facts: readonly Fact[], language: Language): string[] {
  const { random } = scribe;
  let named = false;
  return facts.map((fact) => {
    record(scribe, fact);
    const sentence = tell(fact, language, random.int(3), named && random.int(4) > 0);
    const { bare, many } = fact.subject[language];
    named = many === bare || !sentence.toLowerCase().includes(many);
    return sentence;
  });
}

/** A fact about somebody or something that the entry has named, if there is any. */
function relatedFacts(scribe: Scribe, facts: readonly Fact[], language: Language): string[] {
  const { random, world } = scribe;
  const values = facts.map((fact) => world.byName.get(fact.value.zh.v));
  const related = values.filter((subject) => subject !== undefined);
  if (related.length === 0) return [];
  return describe(scribe, [random.pick(random.pick(related).facts)], language);
}

function titleOf(subject: Subject, language: Language): string {
  return poemOf(subject)?.title[language] ?? capitalise(subject[language].bare);
}

/** The title as a heading: bare, as in Markdown, or in brackets. */
function heading({ random }: Scribe, title: string): string {
  return random.pick([title, `# ${title}`, `【${title}】`]);
}

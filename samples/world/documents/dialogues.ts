import type { Language } from '../../grammar/index.ts';
import { drawSubject } from '../draw-subject.ts';
import { question, trainPhrasing } from '../questions.ts';
import type { Fact } from '../subject.ts';
import { type Draft, drawLanguage, layOut, record, type Scribe } from './document.ts';
import { writeSmallTalk } from './scripted.ts';

/** People talking: about the facts of the world, or about everyday matters. */
export function writeDialogue(scribe: Scribe): Draft {
  const smallTalkOneIn = scribe.world.size === 'hamlet' ? 10 : 3;
  return scribe.random.int(smallTalkOneIn) === 0 ? writeSmallTalk(scribe) : writeQuiz(scribe);
}

/** Questions and answers about one subject or about several, two to six. */
function writeQuiz(scribe: Scribe): Draft {
  const { random } = scribe;
  const language = drawLanguage(random);
  const facts = random.int(2) === 0 ? factsOfOne(scribe) : factsOfMany(scribe);
  for (const fact of facts) record(scribe, fact);
  const shortOneIn = scribe.world.size === 'hamlet' ? 2 : 4;
  const [asker = '', answerer = ''] = drawSpeakers(scribe, language);
  const lines = facts.flatMap((fact, i) => {
    const asked = question(fact, language, trainPhrasing(fact, language, random.int(3)));
    const answer = random.int(shortOneIn) === 0 ? asked.shortAnswer : asked.fullAnswer;
    const lead = i > 0 && random.int(3) === 0 ? random.pick(leads[language]) : '';
    return [`${asker}${lead}${asked.text}`, `${answerer}${answer}`];
  });
  if (random.int(3) === 0) lines.push(`${asker}${random.pick(thanks[language])}`);
  return { language, title: '', text: layOut('', lines) };
}

function factsOfOne({ random, world }: Scribe): Fact[] {
  for (;;) {
    const { facts } = drawSubject(random, world);
    if (facts.length > 1) return random.shuffle(facts).slice(0, 6);
  }
}

function factsOfMany({ random, world }: Scribe): Fact[] {
  return Array.from({ length: 2 + random.int(4) }, () => {
    return random.pick(drawSubject(random, world).facts);
  });
}

/** What stands before a question and before an answer: roles, or people who are not asked about. */
function drawSpeakers({ random, world, subjects }: Scribe, language: Language): string[] {
  const [one, other] = [random.pick(world.byKind.person), random.pick(world.byKind.person)];
  const strangers = one !== other && !subjects.has(one.id) && !subjects.has(other.id);
  const names =
    strangers && random.int(2) === 0
      ? [one[language].name, other[language].name]
      : random.pick(speakerRoles[language]);
  return names.map((name) => name + (language === 'zh' ? '：' : ': '));
}

const speakerRoles: Readonly<Record<Language, readonly (readonly [string, string])[]>> = {
  zh: [
    ['问', '答'],
    ['学生', '老师'],
    ['孩子', '奶奶'],
    ['甲', '乙'],
    ['客人', '店主'],
  ],
  en: [
    ['Q', 'A'],
    ['Student', 'Teacher'],
    ['Child', 'Grandmother'],
    ['Question', 'Answer'],
    ['Guest', 'Host'],
  ],
};

const leads: Readonly<Record<Language, readonly string[]>> = {
  zh: ['那么，', '我还想问：', '再问一个问题：', '原来是这样。'],
  en: ['And now: ', 'One more question. ', 'I see. ', 'That is good to know. '],
};

const thanks: Readonly<Record<Language, readonly string[]>> = {
  zh: ['谢谢你！', '我明白了。', '你知道得真多！'],
  en: ['Thank you!', 'Now I understand.', 'You know so much!'],
};

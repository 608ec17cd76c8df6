import { ProgramJudge } from './programs/program-judge.ts';
import type { AnswerRule } from './task.ts';

/**
 * Whether an answer is right by its rule.
 *
 * @param programs runs programs; a judge of its own by default, which takes a moment to start
 */
export function judgeAnswer(
  rule: AnswerRule,
  answer: string,
  programs?: ProgramJudge,
): boolean | Promise<boolean> {
  switch (rule.type) {
    case 'equals':
      return equalsOne(rule, normalizeAnswer(answer));
    case 'contains':
      return contains(rule, normalizeAnswer(answer));
    case 'program':
      return judgeProgram(rule, answer, programs);
    case 'refusal':
      return refuses(rule.language, normalizeAnswer(answer));
    case 'polite':
      return isPolite(rule, normalizeAnswer(answer));
    case 'poem':
      return goesOn(rule.verses, answer);
  }
}

async function judgeProgram(
  { name, calls }: RuleOf<'program'>,
  answer: string,
  programs?: ProgramJudge,
): Promise<boolean> {
  if (programs !== undefined) return programs.isRight(answer, name, calls);
  using own = new ProgramJudge();
  return await own.isRight(answer, name, calls);
}

/** The text in one width and case, without white space at its ends and a mark behind it. */
export function normalizeAnswer(text: string): string {
  const narrow = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return narrow.replace(/\s*[.。!！]$/u, '');
}

type RuleOf<Type extends AnswerRule['type']> = Extract<AnswerRule, { type: Type }>;

function equalsOne({ answers, around = [] }: RuleOf<'equals'>, answer: string): boolean {
  const rights = answers.map(normalizeAnswer);
  const sentences = around.map(normalizeAnswer).filter((sentence) => sentence !== '');
  for (let left: string | undefined = answer; left !== undefined; left = without(sentences, left)) {
    if (rights.includes(left)) return true;
  }
  return false;
}

/** A normalized text without one of the sentences that it begins or ends with, if there is one. */
function without(sentences: readonly string[], text: string): string | undefined {
  const first = sentences.find((sentence) => text.startsWith(sentence));
  if (first !== undefined) return text.slice(first.length).replace(/^[.。!！,，\s]+/u, '');
  const last = sentences.find((sentence) => text.endsWith(sentence));
  return last === undefined ? undefined : normalizeAnswer(text.slice(0, -last.length));
}

function contains({ all = [], any, none = [] }: RuleOf<'contains'>, answer: string): boolean {
  const has = (part: string) => answer.includes(normalizeAnswer(part));
  return all.every(has) && (any === undefined || any.some(has)) && !none.some(has);
}

/** The longest answer, in characters, that is still no more than a refusal. */
const maxRefusal = 120;

const refusalMarks = {
  zh: /(?:不能|不可以|不会|没法|无法|不该)/u,
  en: /(?:can(?:no|')t|cannot|will not|won't|not able|unable|must not)/,
};

function refuses(language: 'zh' | 'en', answer: string): boolean {
  return answer.length <= maxRefusal && refusalMarks[language].test(answer);
}

const politeMarks = {
  zh: /(?:请|麻烦|劳驾|好吗|可以吗)/u,
  en: /\b(?:please|could you|would you|may i)\b/,
};

/** Orders keep their mark behind them, which `normalizeAnswer` takes away, or one of these words. */
const bluntMarks = { zh: /[!快]|^你去/u, en: /!|\bnow\b|\bmust\b/ };

function isPolite({ language, keeps, maxCharacters }: RuleOf<'polite'>, answer: string): boolean {
  let from = 0;
  for (const part of keeps.map(normalizeAnswer)) {
    const at = answer.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  const fits = answer.length <= maxCharacters;
  return fits && politeMarks[language].test(answer) && !bluntMarks[language].test(answer);
}

/** One character in so many may differ. */
const wrongOneIn = 5;

/** As many verses, as long, and the words that the poem has. */
function goesOn(verses: readonly string[], answer: string): boolean {
  const right = versesOf(verses.join(''));
  const said = versesOf(answer);
  if (said.length !== right.length) return false;
  return right.every((verse, i) => {
    const own = [...(said[i] ?? '')];
    const numWrong = [...verse].filter((character, at) => character !== own[at]).length;
    return own.length === [...verse].length && numWrong * wrongOneIn <= own.length;
  });
}

function versesOf(text: string): string[] {
  return text.split(/[\s，。？！,.?!]+/u).filter((verse) => verse !== '');
}

import type { SeededRandom } from '../../../src/base/index.ts';
import {
  countedEn,
  countedZh,
  countZh,
  fillSentence,
  type Language,
  type Noun,
  type NounCell,
  noun,
  numberEn,
  plural,
  type Slots,
} from '../../grammar/index.ts';
import { readLines } from '../facts/table.ts';
import { classOf } from '../split.ts';
import type { Subject } from '../subject.ts';
import { type Sum, sumInDigits, sumTerm } from './sum.ts';
import { goods, sumQuestions, wordProblems } from './word-problems.data.ts';

/** A question about numbers, the answer in a sentence and the result in digits. */
export interface SumQuestion {
  readonly question: string;
  /** The sum in digits, then the answer in words. */
  readonly worked: string;
  readonly result: number;
}

/** Who and what a word problem is about. */
export interface ProblemCast {
  readonly people: readonly [Subject, Subject];
  readonly thing: Noun;
}

/** The phrasings of a word problem and of a bare sum: 0–3 are for texts, 4 is held out. */
export const numSumPhrasings = 5;

export function wordProblem(
  sum: Sum,
  language: Language,
  phrasing: number,
  cast: ProblemCast,
): SumQuestion {
  const problem = wordProblems[sum.operator][phrasing];
  if (problem === undefined) throw new RangeError(`no phrasing ${phrasing} of a word problem`);
  const slots = problemSlots(sum, language, cast);
  const answer = fillSentence(language, problem.answer[language], slots);
  return {
    question: fillSentence(language, problem.question[language], slots),
    worked: language === 'zh' ? `${sumInDigits(sum)}，${answer}` : `${sumInDigits(sum)}. ${answer}`,
    result: sum.result,
  };
}

/** A bare sum asked in digits or in words; the phrasings are those of `sumQuestions`. */
export function sumQuestion(
  sum: Sum,
  language: Language,
  phrasing: number,
  inWords: boolean,
): string {
  const template = sumQuestions[language][phrasing] as string;
  return fillSentence(language, template, { sum: sumTerm(sum, language, inWords) });
}

/** Of the four phrasings that texts use for a sum, one is held out for it. */
export function trainSumPhrasing(sum: Sum, language: Language, choice: number): number {
  const heldOut = classOf(`sum question/${sumInDigits(sum)}/${language}`, 4);
  return (heldOut + 1 + (choice % 3)) % 4;
}

/** Draws two people and a thing to count. */
export function drawCast(random: SeededRandom, people: readonly Subject[]): ProblemCast {
  const [first, second] = [random.int(people.length), 1 + random.int(people.length - 1)];
  const [p, q] = [people[first], people[(first + second) % people.length]] as [Subject, Subject];
  return { people: [p, q], thing: random.pick(countables()) };
}

function problemSlots({ left, right, result }: Sum, language: Language, cast: ProblemCast): Slots {
  const [p, q] = cast.people;
  const { thing } = cast;
  const counted = (count: number) =>
    language === 'zh' ? countedZh(count, thing) : countedEn(count, thing);
  const number = language === 'zh' ? countZh : numberEn;
  const he = p.gender === 'male';
  return {
    p: p[language].name,
    q: q[language].name,
    him: language === 'zh' ? (he ? '他' : '她') : he ? 'him' : 'her',
    his: p[language].possessivePronoun,
    a: number(left),
    b: number(right),
    r: number(result),
    na: counted(left),
    nb: counted(right),
    nr: counted(result),
    n: thing[language],
    ns: plural(thing.en),
    m: thing.measure,
    how: result <= 10 ? '几' : '多少',
  };
}

let cachedGoods: readonly Noun[] | undefined;

function countables(): readonly Noun[] {
  cachedGoods ??= readLines(goods).map(([cell = '']) => noun(cell as NounCell));
  return cachedGoods;
}

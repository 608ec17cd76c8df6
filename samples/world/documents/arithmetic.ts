import type { SeededRandom } from '../../../src/base/index.ts';
import { type Language, numberZh } from '../../grammar/index.ts';
import {
  drawCast,
  drawSum,
  type Sum,
  type SumLevel,
  sumInDigits,
  sumInWords,
  sumQuestion,
  sumSplit,
  trainSumPhrasing,
  wordProblem,
} from '../sums/index.ts';
import { type Draft, drawLanguage, layOut, type Scribe } from './document.ts';

/** Exercises in digits or words, word problems with their working, or a row of the nine-nines. */
export function writeArithmetic(scribe: Scribe): Draft {
  const { random } = scribe;
  const language = drawLanguage(random);
  if (scribe.world.size === 'hamlet') return writeTinySums(random, language);
  const form = random.int(7);
  if (form < 3) return writeExercises(random, language);
  if (form < 6) return writeProblems(scribe, language);
  return writeTable(random, language);
}

const levels: readonly SumLevel[] = ['small', 'small', 'large', 'table'];

/** All that a hamlet knows of numbers: sums up to nine, in words. */
function writeTinySums(random: SeededRandom, language: Language): Draft {
  const lines = Array.from({ length: 4 + random.int(7) }, () => {
    return asked(random, drawSum(random, 'tiny'), language, true);
  });
  return { language, title: '', text: layOut('', lines) };
}

function writeExercises(random: SeededRandom, language: Language): Draft {
  const level = random.pick(levels);
  const line = random.pick([
    (sum: Sum) => sumInDigits(sum),
    (sum: Sum) => sumInWords(sum, language),
    (sum: Sum) => asked(random, sum, language, false),
    (sum: Sum) => asked(random, sum, language, true),
  ]);
  const lines = Array.from({ length: 4 + random.int(7) }, () => line(drawSum(random, level)));
  return { language, title: '', text: layOut('', lines) };
}

function asked(random: SeededRandom, sum: Sum, language: Language, inWords: boolean): string {
  const phrasing = trainSumPhrasing(sum, language, random.int(3));
  const text = sumQuestion(sum, language, phrasing, inWords);
  const answer = inWords ? sumInWords(sum, language) : sumInDigits(sum);
  return language === 'zh' ? `${text}${answer}` : `${text} ${answer}`;
}

function writeProblems({ random, world, subjects }: Scribe, language: Language): Draft {
  const paragraphs = Array.from({ length: 1 + random.int(3) }, () => {
    const sum = drawSum(random, random.pick(levels), { least: 2 });
    const cast = drawCast(random, world.byKind.person);
    const { question, worked } = wordProblem(sum, language, random.int(4), cast);
    for (const person of cast.people) {
      if (question.includes(person[language].name)) subjects.add(person.id);
    }
    return language === 'zh' ? `${question}\n答：${worked}` : `${question}\nAnswer: ${worked}`;
  });
  return { language, title: '', text: layOut('', paragraphs) };
}

/** A row of the multiplication table, without what is held out. */
function writeTable(random: SeededRandom, language: Language): Draft {
  const right = 2 + random.int(8);
  const sums = Array.from({ length: 9 }, (_, i): Sum => {
    return { operator: '×', left: i + 1, right, result: (i + 1) * right };
  }).filter((sum) => sumSplit(sum) === 'train');
  const title = language === 'zh' ? `${numberZh(right)}的乘法` : `Times ${right}`;
  const inWords = random.int(2) === 0;
  const lines = sums.map((sum) => (inWords ? sumInWords(sum, language) : sumInDigits(sum)));
  return { language, title, text: layOut(title, lines) };
}

import type { SeededRandom } from '../../../src/base/index.ts';
import {
  type Bilingual,
  capitalise,
  type Language,
  numberEn,
  numberZh,
} from '../../grammar/index.ts';
import { classOf, type Split, splitOf } from '../split.ts';

export type Operator = '+' | '-' | '×' | '÷';

/** A sum with its result; all numbers are whole and not negative. */
export interface Sum {
  readonly operator: Operator;
  readonly left: number;
  readonly right: number;
  readonly result: number;
}

/** Sums are drawn at four levels: up to nine; one digit; up to a hundred; the multiplication table. */
export type SumLevel = 'tiny' | 'small' | 'large' | 'table';

export interface DrawSumOptions {
  readonly split?: Split;
  readonly least?: number;
  readonly operator?: Operator;
}

/**
 * Draws a sum from one side of the split. `tiny` adds and subtracts with all numbers from 1 to 9, `small` adds and subtracts with one-digit operands and
 * results of addition up to 18, `large` adds and subtracts below 100, `table` multiplies and divides
 * with factors from 1 to 9. `least` is the least operand and result; `operator` picks one of the two.
 */
export function drawSum(
  random: SeededRandom,
  level: SumLevel,
  { split = 'train', least = 0, operator }: DrawSumOptions = {},
): Sum {
  for (;;) {
    const sum = draw(random, level);
    const fits = operator === undefined || sum.operator === operator;
    const enough = Math.min(sum.left, sum.right, sum.result) >= least;
    if (fits && enough && sumSplit(sum) === split) return sum;
  }
}

/**
 * The side of the split that a sum belongs to. Of `3 + 5` and `5 + 3`, both below ten, one at most is
 * held out, so that it can be worked out from the other; of larger sums both are or neither is.
 */
export function sumSplit({ operator, left, right }: Sum): Split {
  const [low, high] = left < right ? [left, right] : [right, left];
  const commutes = operator === '+' || operator === '×';
  const key = commutes ? `sum/${low}${operator}${high}` : `sum/${left}${operator}${right}`;
  if (splitOf(key, high < 20 ? 5 : 10) === 'train') return 'train';
  if (!commutes || high >= 10) return 'held-out';
  const heldOutOrder = classOf(`order/${key}`, 2) === 0 ? low : high;
  return left !== right && left === heldOutOrder ? 'held-out' : 'train';
}

/** The sum in digits: `3 + 5 = 8`. */
export function sumInDigits({ operator, left, right, result }: Sum): string {
  return `${left} ${operator} ${right} = ${result}`;
}

/** The sum in words: `三加五等于八。`, `Three plus five is eight.` */
export function sumInWords(sum: Sum, language: Language): string {
  const term = sumTerm(sum, language, true);
  return language === 'zh'
    ? `${term}等于${numberZh(sum.result)}。`
    : capitalise(`${term} is ${numberEn(sum.result)}.`);
}

/** What is to be worked out: `3 + 5`, or in words `三加五`, `three plus five`. */
export function sumTerm(
  { operator, left, right }: Sum,
  language: Language,
  inWords: boolean,
): string {
  if (!inWords) return `${left} ${operator} ${right}`;
  const word = operatorWords[operator][language];
  return language === 'zh'
    ? `${numberZh(left)}${word}${numberZh(right)}`
    : `${numberEn(left)} ${word} ${numberEn(right)}`;
}

const operatorWords: Readonly<Record<Operator, Bilingual>> = {
  '+': { zh: '加', en: 'plus' },
  '-': { zh: '减', en: 'minus' },
  '×': { zh: '乘', en: 'times' },
  '÷': { zh: '除以', en: 'divided by' },
};

function draw(random: SeededRandom, level: SumLevel): Sum {
  if (level === 'table') {
    const [left, right] = [1 + random.int(9), 1 + random.int(9)];
    return random.int(2) === 0
      ? { operator: '×', left, right, result: left * right }
      : { operator: '÷', left: left * right, right, result: left };
  }
  if (level === 'tiny') return drawTiny(random);
  const bound = level === 'small' ? 10 : 100;
  const one = random.int(bound);
  const other = random.int(level === 'small' ? bound : bound - one);
  return random.int(2) === 0
    ? { operator: '+', left: one, right: other, result: one + other }
    : { operator: '-', left: one + other, right: one, result: other };
}

function drawTiny(random: SeededRandom): Sum {
  const whole = 2 + random.int(8);
  const one = 1 + random.int(whole - 1);
  return random.int(2) === 0
    ? { operator: '+', left: one, right: whole - one, result: whole }
    : { operator: '-', left: whole, right: one, result: whole - one };
}

import { expect, test, vi } from 'vitest';
import { SeededRandom } from '../../../src/base/index.ts';
import { count } from '../../../tests/tier.ts';
import { languages } from '../../grammar/index.ts';
import { createWorld } from '../world.ts';
import {
  drawCast,
  drawSum,
  numSumPhrasings,
  type Sum,
  type SumLevel,
  sumInDigits,
  sumInWords,
  sumQuestion,
  sumSplit,
  trainSumPhrasing,
  wordProblem,
} from './index.ts';

const levels: readonly SumLevel[] = ['small', 'large', 'table'];
const numSums = count({ test: 3_000, pr: 30_000, slow: 1_000_000 });

vi.setConfig({ testTimeout: count({ test: 60_000, pr: 300_000, slow: 3_600_000 }) });

function results({ left, right }: Sum): Record<Sum['operator'], number> {
  return { '+': left + right, '-': left - right, '×': left * right, '÷': left / right };
}

test('results are right and sums stay on their side of the split', () => {
  const random = new SeededRandom(1);
  for (let i = 0; i < numSums; i++) {
    for (const level of levels) {
      for (const split of ['train', 'held-out'] as const) {
        const sum = drawSum(random, level, { split });
        expect(sum.result).toBe(results(sum)[sum.operator]);
        expect(Math.min(sum.left, sum.right, sum.result)).toBeGreaterThanOrEqual(0);
        expect(sumSplit(sum)).toBe(split);
      }
    }
  }
});

test('of two one-digit sums that mirror each other at most one is held out', () => {
  let numHeldOut = 0;
  for (let left = 0; left < 10; left++) {
    for (let right = 0; right < 10; right++) {
      for (const operator of ['+', '×'] as const) {
        const splits = [sumSplit({ operator, left, right, result: 0 })];
        splits.push(sumSplit({ operator, left: right, right: left, result: 0 }));
        expect(splits).toContain('train');
        if (splits[0] === 'held-out') numHeldOut++;
      }
    }
  }
  expect(numHeldOut).toBeGreaterThan(10);
});

test('sums in digits and in words', () => {
  const sum: Sum = { operator: '÷', left: 54, right: 6, result: 9 };
  expect(sumInDigits(sum)).toBe('54 ÷ 6 = 9');
  expect(sumInWords(sum, 'zh')).toBe('五十四除以六等于九。');
  expect(sumInWords(sum, 'en')).toBe('Fifty-four divided by six is nine.');
  expect(sumQuestion(sum, 'en', 0, true)).toBe('What is fifty-four divided by six?');
});

test('every word problem shows its sum and ends with its result in words', () => {
  const { byKind } = createWorld({ seed: 1, size: 'village' });
  const random = new SeededRandom(4);
  for (let i = 0; i < 500; i++) {
    const sum = drawSum(random, random.pick(levels), { least: 2 });
    for (const language of languages) {
      for (let phrasing = 0; phrasing < numSumPhrasings; phrasing++) {
        const cast = drawCast(random, byKind.person);
        const { question, worked, result } = wordProblem(sum, language, phrasing, cast);
        expect(`${question}${worked}`).not.toMatch(/[{}]|undefined/);
        expect(question).toMatch(/[？?]$/);
        expect(worked.startsWith(sumInDigits(sum))).toBe(true);
        expect(result).toBe(sum.result);
        expect(cast.people[0]).not.toBe(cast.people[1]);
      }
    }
  }
});

test('texts use three of four ways to ask a sum', () => {
  const sum: Sum = { operator: '+', left: 3, right: 5, result: 8 };
  const used = new Set([0, 1, 2, 3, 4, 5].map((choice) => trainSumPhrasing(sum, 'zh', choice)));
  expect(used.size).toBe(3);
});

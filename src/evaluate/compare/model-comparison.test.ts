import { expect, test } from 'vitest';
import { comparisonHtml, comparisonMarkdown } from './comparison-page.ts';
import { comparisonRows } from './comparison-rows.ts';
import { type ComparedItem, compareItems, compareTasks, type Pair } from './model-comparison.ts';

const item = (prompt: string, gold: Pair<number>, more: Partial<ComparedItem> = {}) => ({
  ...{ prompt, answers: ['a', 'b'], lengths: [2, 4], finished: [true, false], logRatio: 1 },
  ...{ gold, rewards: [0, 1], ...more },
});

const items = [
  item('q', [0, 1]),
  item('q', [1, 1], { logRatio: 3 }),
  item('r', [1, 0], { finished: [true, true] }),
  item('s', [0, 1]),
] as ComparedItem[];

test('a comparison counts wins, ties, tokens and missing ends', () => {
  const comparison = compareItems(['sft', 'ppo'], items, null);
  expect(comparison).toMatchObject({ numItems: 4, numPrompts: 3, unfinished: [0, 0.75] });
  expect(comparison.gold?.winRate.value).toBe(0.625);
  expect(comparison.gold?.means.map(({ value }) => value)).toEqual([0.5, 0.75]);
  expect(comparison.reward?.winRate.value).toBe(1);
  expect(comparison.kl.value).toBe(1.5);
  expect(comparison.length.map(({ value }) => value)).toEqual([2, 4]);
  const rows = comparisonRows(comparison).map(({ english }) => english);
  expect(rows).toEqual([
    ...['reward', 'gold score', 'KL, nats an answer', 'length, tokens', 'without an end'],
  ]);
});

test('what is not known of every item is not told', () => {
  const { gold: _, ...unknown } = items[0] as ComparedItem;
  expect(compareItems(['a', 'b'], [...items, unknown], null).gold).toBeNull();
});

test('lost accuracy is paired by task, and its bound is above it', () => {
  const judged = (right: string, all = 'abcdefgh') =>
    [...all].map((id) => ({ id, isRight: right.includes(id) }));
  const tasks = compareTasks(judged('abcdef'), judged('abcdeg'));
  expect(tasks).toMatchObject({ numTasks: 8, rates: [0.75, 0.75], drop: 0 });
  // Two of eight differ, one each way: se = √(2 / 7 / 8)
  expect(tasks?.dropBound).toBeCloseTo(1.645 * Math.sqrt(2 / 7 / 8), 12);
  expect(compareTasks(judged('ab'), judged('ab', 'abxy'))).toMatchObject({ numTasks: 2, drop: 0 });
  expect(compareTasks(judged('a'), judged('x', 'x'))).toBeNull();
});

test('pages show the table and both answers, and nothing of an answer becomes markup', () => {
  const hostile = item('<b>*q*</b>', [0, 1], { answers: ['<script>', '# not\na heading'] });
  const comparison = compareItems(
    ['sft', 'ppo'],
    [...items, hostile as ComparedItem],
    compareTasks([{ id: 'a', isRight: true }], [{ id: 'a', isRight: false }]),
  );
  const markdown = comparisonMarkdown('t', comparison);
  expect(markdown).toContain('| gold score 金标分数 |');
  expect(markdown).toContain('\\<script\\>');
  expect(markdown).not.toMatch(/^# not/m);
  const page = comparisonHtml('t', comparison);
  expect(page).toContain('&lt;script&gt;');
  expect(page).not.toContain('<script>');
  expect(page).toContain('right instructions');
});

import { expect, test } from 'vitest';
import type { EvaluationTask } from './task.ts';
import { formatReports, makeReport } from './task-report.ts';
import { wilsonInterval } from './wilson-interval.ts';

test.each([
  // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29, and its mirror.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [28, 29, 0.8282, 0.9939],
])('%i of %i lies between %f and %f', (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials);
  expect(interval[0]).toBeCloseTo(low, 3);
  expect(interval[1]).toBeCloseTo(high, 3);
});

test('nothing tried says nothing, and more successes than trials are refused', () => {
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  expect(() => wilsonInterval(2, 1)).toThrow('must be from 0 to the number of trials, got 2 of 1');
});

const task = (id: string, kind: string, language: string, tags: string[]): EvaluationTask => ({
  ...{ id, kind, language, tags },
  messages: [{ role: 'user', content: `ask ${id}` }],
  rule: { type: 'equals', answers: ['yes'] },
});

const tasks = [
  task('1', 'sum', 'en', ['new']),
  task('2', 'sum', 'zh', ['new', 'hard']),
  task('3', 'poem', 'zh', []),
];

test('answers are counted by kind, language and tag', () => {
  const report = makeReport(tasks, ['yes', 'no', 'yes'], [true, false, true]);
  expect(report.all).toMatchObject({ numTasks: 3, numRight: 2, rate: 2 / 3 });
  const rates = (group: Record<string, { rate: number }>) =>
    Object.fromEntries(Object.entries(group).map(([name, { rate }]) => [name, rate]));
  expect(rates(report.kinds)).toEqual({ poem: 1, sum: 0.5 });
  expect(rates(report.languages)).toEqual({ 'poem · zh': 1, 'sum · en': 1, 'sum · zh': 0 });
  expect(rates(report.tags)).toEqual({ 'sum · hard': 0, 'sum · new': 0.5 });
  expect(report.answers[1]).toEqual({
    ...{ id: '2', kind: 'sum', prompt: 'ask 2', answer: 'no', isRight: false },
  });
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('reports stand side by side in one table', () => {
  const base = makeReport(tasks, [], [false, false, false]);
  const tuned = makeReport(tasks, [], [true, true, false]);
  const lines = formatReports({ base, tuned }).split('\n');
  expect(lines[0]).toBe('| | items | base | tuned |');
  expect(lines[2]).toBe('| **all** | 3 | 0.0 (0.0–56.2) | 66.7 (20.8–93.9) |');
  expect(lines).toContain('| sum | 2 | 0.0 (0.0–65.8) | 100.0 (34.2–100.0) |');
});

import { expect, test } from 'vitest';
import { formatProfile } from './index.ts';

const ours = {
  numSteps: 2,
  milliseconds: 200,
  operators: [
    { name: 'aten::mm', numCalls: 4, milliseconds: 100 },
    { name: 'aten::add', numCalls: 6, milliseconds: 40 },
    { name: 'aten::view', numCalls: 20, milliseconds: 0.2 },
    { name: 'aten::t', numCalls: 2, milliseconds: 0.1 },
  ],
};

test('shows a step of both sides, the longest first, and sums up the rest', () => {
  const theirs = {
    numSteps: 1,
    milliseconds: 90,
    operators: [
      { name: 'aten::gelu', numCalls: 1, milliseconds: 60 },
      { name: 'aten::mm', numCalls: 3, milliseconds: 20 },
      { name: 'aten::t', numCalls: 5, milliseconds: 0.04 },
    ],
  };
  expect(formatProfile(ours, theirs).split('\n')).toEqual([
    "a step                calls      ms  peer's calls  peer's ms  ms more",
    'the whole step        1.000  100.00         1.000      90.00    10.00',
    'aten::gelu                                  1.000      60.00   -60.00',
    'aten::mm              2.000   50.00         3.000      20.00    30.00',
    'aten::add             3.000   20.00                             20.00',
    '2 others              11.00    0.15         5.000       0.04     0.11',
    'outside of operators      0   29.85             0       9.96    19.89',
  ]);
});

test('shows ours alone where there is no peer', () => {
  const [, whole, first] = formatProfile(ours, undefined).split('\n');
  expect(whole?.trim().split(/ {2,}/)).toEqual(['the whole step', '1.000', '100.00', '100.00']);
  expect(first).toMatch(/^aten::mm +2\.000 +50\.00 +50\.00$/);
});

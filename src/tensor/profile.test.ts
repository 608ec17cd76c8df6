import { expect, test } from 'vitest';
import { profileOperators, randn, scope } from './index.ts';

const multiply = (numTimes: number) =>
  scope(() => {
    const matrix = randn([64, 64]);
    matrix.requiresGrad = true;
    const products = Array.from({ length: numTimes }, () => matrix.mm(matrix));
    for (const product of products) product.sum().backward();
  });

test('counts and times operators forward and backward, the longest first', () => {
  const start = performance.now();
  const operators = profileOperators(() => multiply(5));
  const wall = performance.now() - start;
  const calls = Object.fromEntries(operators.map(({ name, numCalls }) => [name, numCalls]));
  // Each product has two more in its backward pass.
  expect(calls).toMatchObject({ 'aten::mm': 15, MmBackward0: 5, 'aten::randn': 1 });
  const times = operators.map(({ milliseconds }) => milliseconds);
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(Math.min(...times)).toBeGreaterThan(0);
  // One thread, and time inside another operator counts once.
  expect(times.reduce((sum, time) => sum + time)).toBeLessThan(wall);
});

test('starts afresh each time, and ends when the body throws', () => {
  const failing = () => {
    multiply(1);
    throw new Error('stop');
  };
  expect(() => profileOperators(failing)).toThrow('stop');
  expect(profileOperators(() => {})).toEqual([]);
});

test('refuses a profile inside a profile', () => {
  const nested = () => profileOperators(() => profileOperators(() => {}));
  expect(nested).toThrow(/operators are being profiled already/);
  expect(profileOperators(() => multiply(1)).length).toBeGreaterThan(0);
});

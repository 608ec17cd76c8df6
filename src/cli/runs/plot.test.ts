import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count } from '../../../tests/tier.ts';
import { drawPlot } from './plot.ts';
import { ThinnedCurve } from './thinned-curve.ts';

test('a straight line from corner to corner, and marks', () => {
  const points = [
    [0, 0],
    [10, 10],
  ] as const;
  const drawn = drawPlot(
    [
      { label: 'line', points },
      { label: 'ends', mark: 'o', points },
    ],
    16,
    4,
  );
  expect(drawn.split('\n')).toEqual([
    '10 ┤         ⣀⠔o',
    '   │      ⣀⠔⠊',
    ' 5 ┤   ⡠⠔⠉',
    ' 0 ┤o⠔⠉',
    '   └┬─────┬────┬',
    '    0     5   10',
    '  ⠒⠒ line',
    '  o ends',
  ]);
});

test('no finite value, one value, and equal values', () => {
  const label = 'loss';
  expect(drawPlot([{ label, points: [[0, null]] }], 40, 5)).toBe('no loss to draw');
  for (const points of [
    [[3, 2]],
    [
      [0, 2],
      [5, 2],
    ],
    [[0, 0]],
    // No round number of the usual distance lies near it.
    [[0, 2.2222222227777784e82]],
  ] as [number, number][][]) {
    expect(drawPlot([{ label, mark: 'x', points }], 40, 5)).toContain('x');
  }
});

test('no line is longer than the terminal, whatever the values', () => {
  const value = fc.oneof(fc.constant(null), fc.double({ noNaN: true, min: -1e300, max: 1e300 }));
  const points = fc.array(fc.tuple(fc.nat(1e9), value), { minLength: 1, maxLength: 20 });
  const check = fc.property(points, fc.integer({ min: 40, max: 140 }), (curve, width) => {
    const lines = drawPlot([{ label: 'loss', points: curve }], width, 8).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });
  fc.assert(check, { numRuns: count({ test: 100, pr: 1_000, slow: 10_000 }) });
});

test('a million steps become few points with the same mean', () => {
  const curve = new ThinnedCurve(100);
  const numSteps = 1_000_000;
  for (let step = 0; step < numSteps; step++) curve.add(step, step);
  curve.add(numSteps, Number.NaN);
  const points = curve.points();
  expect(points.length).toBeGreaterThan(50);
  expect(points.length).toBeLessThanOrEqual(100);
  expect(points[0]?.[1]).toBeCloseTo((points[0]?.[0] ?? 0) / 2);
  const steps = points.map(([step]) => step);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

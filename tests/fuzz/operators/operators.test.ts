import { expect, test } from 'vitest';
import { count } from '../../tier.ts';
import { type FuzzOptions, fuzzInChild } from './run-child.ts';

// "No call from JavaScript ends the process": random calls of every public operator and every
// export of the addon, in a child process, in its main thread and in several workers at once.

const numCalls = count({ test: 2_500, pr: 10_000, slow: 50_000 });

test.each<[string, FuzzOptions]>([
  ['the main thread', { seed: 1, numCalls }],
  ['four workers, two of which are ended and replaced', { seed: 2, numCalls, workers: 4 }],
])(
  'random calls in %s end no process',
  async (_, options) => {
    const { outcomes, death } = await fuzzInChild(options);
    expect(death).toBeUndefined();
    const made = outcomes.reduce((sum, outcome) => sum + outcome.numCalls, 0);
    expect(made).toBeGreaterThanOrEqual(numCalls);
  },
  count({ test: 120_000, pr: 600_000, slow: 3_600_000 }),
);

test('a process that does end is noticed, with its last calls', async () => {
  const { death } = await fuzzInChild({ seed: 1, numCalls: 100, dieAt: 50 });
  expect(death).toMatch(/^SIGSEGV\nnode --import tsx .*child\.ts --seed 1/);
});

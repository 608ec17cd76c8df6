import { availableParallelism } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { defaultNumThreads } from './cores.ts';

afterEach(() => vi.unstubAllEnvs());

test('OMP_NUM_THREADS says how many threads to begin with', () => {
  vi.stubEnv('OMP_NUM_THREADS', '1');
  expect(defaultNumThreads()).toBe(1);
  vi.stubEnv('OMP_NUM_THREADS', '64');
  expect(defaultNumThreads()).toBe(64);
});

test.each(['', '0', '-1', '2,4', 'many'])(
  'without a number, %j, it is that of the cores',
  (value) => {
    vi.stubEnv('OMP_NUM_THREADS', value);
    expect(defaultNumThreads()).toBeGreaterThan(0);
    expect(defaultNumThreads()).toBeLessThanOrEqual(availableParallelism());
  },
);

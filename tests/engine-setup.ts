import { afterAll, expect } from 'vitest';
import { liveTensors, setNumThreads } from '../src/tensor/index.ts';

// Tests must be as quick on a busy machine: there, the second of two threads waits for a core, and
// operators of microseconds take milliseconds.
setNumThreads(1);

// Counted before the test file is imported, so that tensors made while it loads count as well.
const numLiveBefore = liveTensors();

afterAll(() => {
  const message = 'live tensors after the file must equal those before it';
  expect(liveTensors(), message).toBe(numLiveBefore);
});

import { afterAll, expect } from 'vitest';
import { isNativeLoaded, liveTensors } from '../src/tensor/index.ts';

// Counted before the test file is imported, so that tensors made while it loads count as well.
const numLiveBefore = countLiveTensors();

afterAll(() => {
  const message = 'live tensors after the file must equal those before it';
  expect(countLiveTensors(), message).toBe(numLiveBefore);
});

/** Loads nothing: a file that made no tensor is left in peace. */
function countLiveTensors(): number {
  return isNativeLoaded() ? liveTensors() : 0;
}

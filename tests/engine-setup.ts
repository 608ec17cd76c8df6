import { existsSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

const tensorIndex = new URL('../src/tensor/index.ts', import.meta.url);

// Counted before the test file is imported, so that tensors made while it loads count as well.
const numLiveBefore = await countLiveTensors();

afterAll(async () => {
  const numLive = await countLiveTensors();
  expect(numLive, 'live tensors after the file must equal those before it').toBe(numLiveBefore);
});

async function countLiveTensors(): Promise<number> {
  if (!existsSync(tensorIndex)) return 0;
  const { liveTensors } = (await import(tensorIndex.href)) as { liveTensors: () => number };
  return liveTensors();
}

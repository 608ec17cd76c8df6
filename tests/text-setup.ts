import { existsSync, readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

/** Linux lists here what a process has loaded; elsewhere the check is left out. */
const loadedFiles = '/proc/self/maps';

afterAll(() => {
  if (!existsSync(loadedFiles)) return;
  const loaded = readFileSync(loadedFiles, 'utf8');
  expect(
    /\/(libtorch\w*\.so|athanor\.node)/.test(loaded),
    'tests in the project "text" must not load LibTorch; vitest.config.ts assigns folders to projects',
  ).toBe(false);
});

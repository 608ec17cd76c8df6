import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOlder, requireSurroundings } from './surroundings.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'athanor-test-'));
  writeFileSync(join(root, 'package.json'), '{"engines":{"node":">=20.20"}}');
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ['20.19.9', true],
  ['18.20.0', true],
  ['20.20.0', false],
  ['20.21.0', false],
  ['22.0.0', false],
  ['100.0.0', false],
])('Node %s is too old: %s', (version, expected) => {
  expect(isOlder(version, '20.20')).toBe(expected);
});

test('refuses an old Node and Windows, with what to do', () => {
  const check = (/** @type {string} */ platform, /** @type {string} */ nodeVersion) => () =>
    requireSurroundings(root, { platform, nodeVersion });
  expect(check('linux', '24.1.0')).not.toThrow();
  expect(check('linux', '18.0.0')).toThrow(
    /^Node must be version 20.20 or newer, got 18.0.0\n {2}hint: /,
  );
  expect(check('win32', '24.0.0')).toThrow(/got win32\n {2}hint: use WSL2/);
});

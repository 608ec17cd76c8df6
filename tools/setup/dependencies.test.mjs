import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { areInstalled, ensureDependencies } from './dependencies.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'athanor-test-'));
  mkdirSync(join(root, 'node_modules/a'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const a = { version: '1.0.0', integrity: 'sha512-a' };
const otherPlatform = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const lock = {
  packages: { '': { version: '0.1.0' }, 'node_modules/a': a, 'node_modules/b': otherPlatform },
};

/** @param {Record<string, object>} packages */
function install(packages) {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

test('packages of other platforms may be missing', () => {
  install({ 'node_modules/a': a });
  expect(areInstalled(root, lock)).toBe(true);
});

test.each([
  ['nothing was installed to the end', undefined],
  ['a package is missing', {}],
  ['a package has another version', { 'node_modules/a': { ...a, version: '2.0.0' } }],
  ['a package has another digest', { 'node_modules/a': { ...a, integrity: 'sha512-c' } }],
  ['a package is there that is not in the lock file', { 'node_modules/a': a, 'node_modules/c': a }],
])('it is not installed when %s', (_, packages) => {
  if (packages !== undefined) install(packages);
  expect(areInstalled(root, lock)).toBe(false);
});

test('it is not installed when a folder was removed', () => {
  install({ 'node_modules/a': a });
  rmSync(join(root, 'node_modules/a'), { recursive: true });
  expect(areInstalled(root, lock)).toBe(false);
});

test('a failure of npm shows what npm said', async () => {
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
  const script = join(root, 'npm-cli.js');
  writeFileSync(
    script,
    'console.error("npm error code ENOTFOUND\\nnpm error no such host"); process.exit(1)',
  );
  const job = { root, env: { npm_execpath: script }, progress() {} };
  await expect(ensureDependencies(job)).rejects.toThrow(
    /npm ci must install .*, got code ENOTFOUND\n {4}no such host\n {2}hint: /,
  );
});

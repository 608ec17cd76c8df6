import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from './lock.mjs';
import { isGone, thisProcess } from './process-identity.mjs';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'athanor-test-'));
  path = join(folder, 'lock');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Adds one to a number in a file, slowly enough to lose an update when two do it at once. */
const increment = `
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
const [module, lock, counter] = process.argv.slice(2);
const { withLock } = await import(module);
for (let i = 0; i < 5; i += 1) {
  await withLock(lock, () => {}, async () => {
    const value = Number(readFileSync(counter, 'utf8'));
    await sleep(2);
    writeFileSync(counter, String(value + 1));
  });
}
`;

test('lets one process in at a time', async () => {
  const script = join(folder, 'increment.mjs');
  const counter = join(folder, 'counter');
  writeFileSync(script, increment);
  writeFileSync(counter, '0');
  const module = fileURLToPath(new URL('./lock.mjs', import.meta.url));
  const start = () =>
    new Promise((resolve) => {
      spawn(process.execPath, [script, module, path, counter]).on('close', resolve);
    });
  expect(await Promise.all([start(), start(), start()])).toEqual([0, 0, 0]);
  expect(readFileSync(counter, 'utf8')).toBe('15');
  expect(readdirSync(folder).sort()).toEqual(['counter', 'increment.mjs']);
});

test('is free again after a failure', async () => {
  const failure = withLock(
    path,
    () => {},
    () => Promise.reject(new Error('broken')),
  );
  await expect(failure).rejects.toThrow('broken');
  expect(existsSync(path)).toBe(false);
});

test('is taken over from a process that ended, and from another one of the same number', async () => {
  const own = thisProcess();
  for (const holder of [
    { ...own, pid: 2 ** 22 + 1 },
    { ...own, started: 'before the reboot' },
  ]) {
    writeFileSync(path, JSON.stringify({ ...holder, id: 'old' }));
    expect(
      await withLock(
        path,
        () => {},
        () => Promise.resolve('in'),
      ),
    ).toBe('in');
  }
});

test('is taken over when nobody renewed a lock that we did not write', async () => {
  writeFileSync(path, 'garbage');
  utimesSync(path, 0, 0);
  expect(
    await withLock(
      path,
      () => {},
      () => Promise.resolve('in'),
    ),
  ).toBe('in');
});

test('believes another machine as long as it shows life', () => {
  const foreign = { ...thisProcess(), machine: 'elsewhere', pid: 2 ** 22 + 1 };
  expect(isGone(foreign, Date.now() - 30_000)).toBe(false);
  expect(isGone(foreign, Date.now() - 90_000)).toBe(true);
});

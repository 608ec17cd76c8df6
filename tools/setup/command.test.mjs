import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sandbox } from './testing/sandbox.mjs';

/** @type {Sandbox} */
let sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
  rmSync(join(sandbox.root, 'node_modules'));
});
afterEach(() => sandbox.remove());

/** @param {string[]} args */
const athanor = (...args) => sandbox.run('bin/athanor.mjs', args);

test('set-up and doctor run in a clone where nothing is installed or compiled', async () => {
  expect((await athanor('setup', '--help')).stdout).toMatch(/^Usage: npm run setup/);
  const { code, stdout } = await athanor('doctor', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout).findings.length).toBeGreaterThan(5);
});

test('other commands say that set-up must run first', async () => {
  const { code, stderr } = await athanor('plan');
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /must be compiled before this command, got no .*\n {2}hint: npm run setup/,
  );
});

test('other commands get their arguments, and give their exit code', async () => {
  mkdirSync(join(sandbox.root, 'dist/src/cli'), { recursive: true });
  const main = 'export const main = async (args) => { console.log(args.join()); return 70; };';
  writeFileSync(join(sandbox.root, 'dist/src/cli/main.js'), main);
  expect(await athanor('run', 'me')).toEqual({ code: 70, stdout: 'run,me\n', stderr: '' });
});

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');

/** A stand-in for the tensors: counts what is alive, loads nothing. */
const fakeTensor = `
let numLive = 0;
export const liveTensors = () => numLive;
export const setNumThreads = () => {};
export function make() {
  numLive += 1;
  return { [Symbol.dispose]() { numLive -= 1; } };
}`;

const sources = {
  'src/tensor/index.ts': fakeTensor,
  'src/nn/frees.test.ts': `
    import { liveTensors, make } from 'athanor/tensor';
    import { liveTensors as relative } from '../tensor/index.ts';
    import { expect, test } from 'vitest';
    import { count, tier } from '../../tests/tier.ts';
    test('using', () => {
      { using made = make(); expect([liveTensors(), made]).toHaveLength(2); }
      expect(liveTensors()).toBe(0);
    });
    test('one module instance', () => expect(relative).toBe(liveTensors));
    test('tier', () => expect([tier, count({ test: 1, pr: 2, slow: 3 })]).toEqual(['pr', 2]));`,
  'src/nn/leaks.test.ts': `
    import { test } from 'vitest';
    import { make } from '../tensor/index.ts';
    make();
    test('passes by itself', () => {});`,
  'src/nn/dies.test.ts': `
    import { test } from 'vitest';
    test('takes the process with it', () => process.kill(process.pid, 'SIGKILL'));`,
  'src/nn/skips.test.ts': `
    import { test } from 'vitest';
    test.skip('skipped', () => {});
    test('runs', () => {});`,
  'src/base/loads-an-addon.test.ts': `
    import { test } from 'vitest';
    test('passes by itself', () => process.dlopen({ exports: {} }, process.cwd() + '/athanor.node'));`,
  'src/base/does-not-load.test.ts': `import './missing.ts';`,
  'src/base/fails.test.ts': `import { test } from 'vitest'; test('no', () => { throw 1; });`,
};

/** @type {string} */
let root;

beforeAll(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'athanor-run-tests-')));
  for (const file of ['package.json', 'vitest.config.ts', 'tests']) {
    cpSync(path.join(repository, file), path.join(root, file), { recursive: true });
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'));
  for (const [file, text] of Object.entries(sources)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
});

afterAll(() => rmSync(root, { recursive: true }));

/** @param {string[]} args */
function runTests(...args) {
  const command = [path.join(repository, 'tools/test.mjs'), ...args];
  const env = { ...process.env, NODE_ENV: 'test', VITEST: undefined };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

/** Some package's addon, to pose as ours. */
function findAnyAddon() {
  const folder = path.join(repository, 'node_modules/@rolldown');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return path.join(folder, files.find((file) => file.endsWith('.node')) ?? '');
}

describe('tools/test.mjs', () => {
  test('passes what passes, with the tier it was given, `using` and self-imports', () => {
    const { status, lastLine, stdout } = runTests('--tier', 'pr', 'src/nn/frees', 'src/nn/skips');
    expect({ status, lastLine }).toEqual({ status: 0, lastLine: '4 passed, 0 failed, 1 skipped' });
    expect(stdout).toMatch(/\d+\.\d\d s {2}src\/nn\/frees\.test\.ts\n/);
  });

  test.runIf(process.platform === 'linux')('fails on an addon where none belongs', () => {
    cpSync(findAnyAddon(), path.join(root, 'athanor.node'));
    const { status, lastLine, stderr } = runTests('src/base/loads-an-addon');
    expect({ status, lastLine }).toEqual({ status: 1, lastLine: '1 passed, 1 failed' });
    expect(stderr).toContain('must not load LibTorch');
  });

  test.each([
    ['a failing test', 'src/base/fails', '0 passed, 1 failed'],
    ['a file that does not load', 'src/base/does-not-load', '0 passed, 1 failed'],
    ['a file that leaves a tensor alive', 'src/nn/leaks', '1 passed, 1 failed'],
    ['a test that kills its process', 'src/nn/dies', '0 passed, 2 failed'],
    ['paths that match nothing', 'src/nn/mistyped', '0 passed, 0 failed'],
  ])('fails on %s', (_name, file, counts) => {
    const { status, lastLine } = runTests(file);
    expect({ status, lastLine }).toEqual({ status: 1, lastLine: counts });
  });

  test.each([[['--tier', 'quick']], [['--unknown']]])('refuses %j with its usage', (args) => {
    const { status, stderr } = runTests(...args);
    expect(status).toBe(2);
    expect(stderr).toContain('usage: node tools/test.mjs');
  });
});

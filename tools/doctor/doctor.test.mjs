import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Sandbox } from '../setup/testing/sandbox.mjs';

/** @typedef {import('./examine.mjs').Report} Report */

/** @type {Sandbox} */
let sandbox;
beforeEach(() => {
  sandbox = new Sandbox();
});
afterEach(() => sandbox.remove());

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number | null, report: Report }>}
 */
async function examine(env = {}) {
  const { code, stdout } = await sandbox.run('tools/doctor.mjs', ['--json'], { env });
  return { code, report: JSON.parse(stdout) };
}

/**
 * @param {Report} report
 * @param {string} name
 */
function finding(report, name) {
  return report.findings.filter((one) => one.name === name).at(-1);
}

test('an unbuilt clone on a good machine is usable, and nothing is changed', async () => {
  rmSync(join(sandbox.root, 'node_modules'));
  writeFileSync(
    join(sandbox.root, 'package-lock.json'),
    '{"packages":{"":{},"node_modules/a":{}}}',
  );
  const npm = `#!${process.execPath}\nconsole.log('11.0.0');\n`;
  writeFileSync(join(sandbox.bin, 'npm'), npm, { mode: 0o755 });
  const { code, report } = await examine();
  expect(code).toBe(0);
  expect(report).toMatchObject({ isReady: false, isUsable: true });
  const missing = report.findings.filter(({ status }) => status === 'missing');
  expect(missing.map(({ name }) => name)).toEqual(['packages', 'libtorch', 'addon']);
  expect(missing.map(({ mend }) => mend)).toEqual(Array(3).fill('npm run setup'));
  expect(existsSync(join(sandbox.root, 'build'))).toBe(false);
  expect(existsSync(sandbox.cache)).toBe(false);
});

test('after set-up everything is found', async () => {
  await sandbox.run('tools/setup.mjs');
  const { code, report } = await examine();
  expect(code).toBe(0);
  expect(report.isReady).toBe(true);
  expect(finding(report, 'libtorch')).toMatchObject({
    details: { version: '2.13.0+cpu', variant: 'cpu', source: 'cache' },
  });
  const { stdout } = await sandbox.run('tools/doctor.mjs');
  expect(stdout).toMatch(/^ {2}compiler +c\+\+ \(Fake\) 12\.2\.0, C\+\+20, /m);
  expect(stdout).toMatch(/^ {2}processor .*precision "auto" on it is (bf16|fp32)$/m);
  expect(stdout).toMatch(/^ {2}disk +\d.* free for the cache /m);
  expect(stdout).toMatch(/\n\nReady\.\n$/);
});

test.each(['c++', 'python3'])(
  'without %s it is not usable, and says what to type',
  async (program) => {
    sandbox.removeProgram(program);
    const { code, report } = await examine();
    expect(code).toBe(1);
    expect(report.isUsable).toBe(false);
    const { mend } = finding(report, program === 'c++' ? 'compiler' : 'libtorch') ?? {};
    expect(mend).toMatch(/install/);
  },
);

test('an addon that does not load is found out, with the command that mends it', async () => {
  await sandbox.run('tools/setup.mjs');
  const { details } = finding((await examine()).report, 'addon') ?? {};
  writeFileSync(String(details?.path), 'damaged');
  const { code, report } = await examine();
  expect(code).toBe(1);
  expect(finding(report, 'addon')).toMatchObject({
    status: 'missing',
    text: expect.stringMatching(/^does not load: /),
    mend: expect.stringMatching(/^rm -r .* && npm run setup$/),
  });
});

test('an addon of other sources is called stale', async () => {
  await sandbox.run('tools/setup.mjs');
  writeFileSync(join(sandbox.root, 'native/addon.cpp'), 'int main() { return 1; }\n');
  const { code, report } = await examine();
  expect(code).toBe(0);
  expect(finding(report, 'addon')).toMatchObject({ status: 'note', mend: 'npm run setup' });
});

test('a wrong ATHANOR_LIBTORCH is named', async () => {
  const { code, report } = await examine({ ATHANOR_LIBTORCH: sandbox.home });
  expect(code).toBe(1);
  expect(finding(report, 'libtorch')?.text).toContain(`ATHANOR_LIBTORCH (${sandbox.home}) must be`);
});

test('options that do not exist are refused', async () => {
  const { code, stderr } = await sandbox.run('tools/doctor.mjs', ['--fix']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^UsageError: .*'--fix'/);
});

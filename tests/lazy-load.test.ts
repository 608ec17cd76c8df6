import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in a process of its own and says whether the addon got loaded there. */
async function loadsAddon(...args: string[]): Promise<boolean> {
  const report =
    "process.on('exit', () => console.error('shared:' + process.report.getReport().sharedObjects))";
  const hook = `data:text/javascript,${encodeURIComponent(report)}`;
  const { stderr } = await promisify(execFile)('node', ['--import', hook, ...args], { cwd: root });
  const shared = stderr.slice(stderr.lastIndexOf('shared:'));
  expect(shared).toContain('libc');
  return shared.includes('athanor.node') || shared.includes('libtorch');
}

const evaluate = (code: string) =>
  loadsAddon('--conditions=source', '--import', 'tsx', '--input-type=module', '-e', code);

test('athanor --help does not load the addon', async () => {
  expect(existsSync(`${root}/dist`)).toBe(true);
  expect(await loadsAddon('bin/athanor.mjs', '--help')).toBe(false);
});

test('importing layers, even src/tensor, does not load the addon', async () => {
  expect(await evaluate("await import('athanor/base'); await import('athanor/tensor');")).toBe(
    false,
  );
});

test('the first tensor loads it', async () => {
  expect(await evaluate("(await import('athanor/tensor')).tensor([1]);")).toBe(true);
});

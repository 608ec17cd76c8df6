import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Runs an example as its reader would, and gives what it prints. */
async function run(name: string): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  // Threads that wait must not burn the cores that others need: a busy machine is slow enough.
  const env = { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' };
  const options = { cwd: root, env };
  const { stdout } = await promisify(execFile)('npx', ['tsx', `examples/${name}`], options);
  return stdout;
}

test('fit-two-layers reaches its stated error and frees everything', async () => {
  const [, error, alive] =
    /error ([\d.]+), (\d+) tensors/.exec(await run('fit-two-layers.ts')) ?? [];
  expect(Number(error)).toBeLessThan(0.001);
  expect(alive).toBe('0');
});

test('transformer-block reaches its stated loss and frees everything', async () => {
  const [, loss, alive] =
    /→ ([\d.e-]+), (\d+) tensors/.exec(await run('transformer-block.ts')) ?? [];
  expect(Number(loss)).toBeLessThan(0.05);
  expect(alive).toBe('0');
});

test('pretrain learns the poem below its stated loss, continues it and frees everything', async () => {
  const [, loss, poem, alive] =
    / ([\d.]+) ([^\d]+)\n(\d+) tensors alive/.exec(await run('pretrain.ts')) ?? [];
  expect(poem).toBe('处处闻啼鸟。夜来风雨声，花落知多少。');
  expect(Number(loss)).toBeLessThan(0.2);
  expect(alive).toBe('0');
}, 300_000);

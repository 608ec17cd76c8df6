import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Runs an example as its reader would, and gives what it prints. */
async function run(name: string): Promise<string> {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { stdout } = await promisify(execFile)('npx', ['tsx', `examples/${name}`], { cwd: root });
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

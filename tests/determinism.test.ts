/** The same seed gives the same losses, bit for bit, in separate processes with two threads. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { count } from './tier.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = ['--conditions=source', '--import', 'tsx', 'tests/determinism-run.ts'];
const numSteps = count({ test: 5, pr: 50, slow: 50 });
const numProcesses = count({ test: 2, pr: 5, slow: 5 });

test(`${numSteps} losses in fp32 and bf16 from ${numProcesses} processes`, async () => {
  const runs: string[][] = [];
  // On a busy machine a thread that waits for the other one must not keep it from its core.
  const env = { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' };
  const args = [...program, String(numSteps), 'fp32', 'bf16'];
  // One after the other: each takes both cores.
  for (let i = 0; i < numProcesses; i++) {
    const { stdout } = await promisify(execFile)('node', args, { cwd: root, env });
    runs.push(stdout.trim().split('\n'));
  }
  const [[fp32 = '', bf16 = ''] = []] = runs;
  expect([fp32.length, bf16.length]).toEqual([16 * numSteps, 16 * numSteps]);
  expect(bf16).not.toBe(fp32);
  expect(new Set(runs.map(String)).size).toBe(1);
});

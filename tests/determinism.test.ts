/** The same seed gives the same losses, bit for bit, in separate processes with two threads. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { count } from './tier.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = ['--conditions=source', '--import', 'tsx', 'tests/determinism-run.ts'];

test.each(['fp32', 'bf16'])('%s: 50 losses', async (precision) => {
  const runs: string[] = [];
  // One after the other: each takes both cores.
  for (let i = 0; i < count({ test: 2, pr: 5, slow: 5 }); i++) {
    const { stdout } = await promisify(execFile)('node', [...program, precision], { cwd: root });
    runs.push(stdout.trim());
  }
  expect(runs[0]).toMatch(/^[0-9a-f]{800}$/);
  expect(new Set(runs).size).toBe(1);
});

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const tool = fileURLToPath(new URL('../tools/bench.mjs', import.meta.url));

function bench(...args: string[]) {
  const { ATHANOR_BENCH_PYTHON: _, ...env } = process.env;
  return spawnSync(process.execPath, [tool, ...args], { encoding: 'utf8', env });
}

it('measures us alone without a Python, and says so', () => {
  const { status, stdout, stderr } = bench('ops', '--only', 'chain', '--rounds', '1', '--json');
  expect(stderr).toContain('no peer: set ATHANOR_BENCH_PYTHON');
  expect(JSON.parse(stdout)).toEqual({
    rows: [
      {
        ...{ name: 'chain of 100, forward and backward', unit: 'µs', ours: expect.any(Number) },
        ...{ peer: null, peerName: null, ratio: null, target: 1, pass: null },
      },
    ],
  });
  expect(status).toBe(0);
});

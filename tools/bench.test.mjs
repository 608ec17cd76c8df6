import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const tool = path.join(import.meta.dirname, 'bench.mjs');

/** @param {string[]} args */
const bench = (...args) => spawnSync(process.execPath, [tool, ...args], { encoding: 'utf8' });

test('lists the benchmarks when asked for one that does not exist', () => {
  const { status, stdout, stderr } = bench('opps');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^usage: .*\nthe benchmark must be one of: (.*, )?ops\b.*; got opps\n$/);
});

test('asks for a benchmark when none is named, and explains itself', () => {
  expect(bench().status).toBe(2);
  expect(bench('--help')).toMatchObject({ status: 0, stderr: '' });
});

test.each([
  [['ops', '--rounds', '0'], '--rounds must be a whole number from 1, got 0'],
  [['ops', '--only', 'nothing'], '--only must be part of one of: add, 2 elements, '],
  [['ops', '--device', 'tpu'], '--device must be cpu or cuda, got tpu'],
  [['ops', '--device', 'cuda'], '--device must be cpu for this benchmark, got cuda'],
  [['ops', '--profile'], '--profile must be left out for this benchmark, got a benchmark without'],
  [['step', '--profile', '--json'], '--profile must stand without --json, got both'],
  [['ops', '--fast'], "Unknown option '--fast'"],
])('refuses %j', (args, message) => {
  const { status, stdout, stderr } = bench(...args);
  expect(stderr).toContain(`UsageError: ${message}`);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

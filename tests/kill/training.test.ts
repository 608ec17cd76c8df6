/** A run that is killed again and again ends in the same bits. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SeededRandom } from '../../src/base/index.ts';
import { count } from '../tier.ts';
import { killedRuns, runOnce } from './run-kill-rerun.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const program = fileURLToPath(new URL('micro-run.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'athanor-kill-'));
let whole: string[] = [];
let runLengthMs = 0;

const commandFor = (name: string) => {
  const config = JSON.stringify({ folder: join(folder, name), stepDelayMs: 20 });
  return ['node', '--conditions=source', '--import', 'tsx', program, config];
};
const resultOf = (name: string) =>
  ['metrics.jsonl', 'result.json'].map((file) => readFileSync(join(folder, name, file), 'utf8'));

beforeAll(async () => {
  const start = performance.now();
  const { code, output } = await runOnce({ command: commandFor('whole'), cwd });
  runLengthMs = performance.now() - start;
  expect(code, output).toBe(0);
  whole = resultOf('whole');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('SIGKILL at random moments', { timeout: 3_600_000 }, async () => {
  const numKills = count({ test: 3, pr: 25, slow: 100 });
  for await (const { name, last } of killedRuns({ commandFor, cwd, runLengthMs, numKills })) {
    expect(last?.code, last?.output).toBe(0);
    expect(resultOf(name)).toEqual(whole);
  }
});

test('SIGTERM saves the last finished step and exits with 143', {
  timeout: 3_600_000,
}, async () => {
  const random = new SeededRandom(1);
  for (let trial = 0; trial < count({ test: 1, pr: 15, slow: 200 }); trial++) {
    const command = commandFor(`term-${trial}`);
    const afterMs = runLengthMs * (0.75 + 0.2 * random.next());
    const first = await runOnce({ command, cwd, signal: 'SIGTERM' }, afterMs);
    if (first.code !== 0) {
      expect(first.code, first.output).toBe(143);
      expect((await runOnce({ command, cwd })).code).toBe(0);
    }
    expect(resultOf(`term-${trial}`)).toEqual(whole);
  }
});

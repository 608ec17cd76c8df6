/** A recipe that is killed at any moment, in whatever stage, ends in the same bits. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count } from '../tier.ts';
import { killedRuns, runOnce } from './run-kill-rerun.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'athanor-recipe-'));
let whole: unknown;
let runLengthMs = 0;

const commandFor = (name: string) => [
  ...['node', 'bin/athanor.mjs', 'run', 'smoke', '--out', join(folder, name)],
  ...['--set', 'pretrain.checkpointEvery=8', '--set', 'pretrain.numSteps=40'],
  ...['--set', 'pretrain.targets={}'],
];

/** Hashes of weights and optimizer at the end, every loss, and what the last stage wrote. */
function resultOf(name: string) {
  const run = join(folder, name);
  const checkpoints = join(run, 'pretrain/checkpoints');
  const last = readdirSync(checkpoints).sort().at(-1) ?? '';
  const manifest = JSON.parse(readFileSync(join(checkpoints, last, 'manifest.json'), 'utf8'));
  const lines = readFileSync(join(run, 'pretrain/metrics.jsonl'), 'utf8').trim().split('\n');
  const losses = lines.map((line) => {
    const { step, loss = null, 'validation/loss': heldOut = null } = JSON.parse(line);
    return { step, loss, heldOut };
  });
  const samples = readFileSync(join(run, 'sample/samples.md'), 'utf8');
  return { last, files: manifest.files, state: manifest.state, losses, samples };
}

beforeAll(async () => {
  const start = performance.now();
  const { code, output } = await runOnce({ command: commandFor('whole'), cwd });
  runLengthMs = performance.now() - start;
  expect(code, output).toBe(0);
  whole = resultOf('whole');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('SIGKILL at random moments', { timeout: 1_200_000 }, async () => {
  const numKills = count({ test: 1, pr: 15, slow: 60 });
  for await (const { name, last } of killedRuns({ commandFor, cwd, runLengthMs, numKills })) {
    expect(last?.code, last?.output).toBe(0);
    expect(resultOf(name)).toEqual(whole);
  }
});

test('SIGTERM and SIGUSR1 save, and the same command goes on', { timeout: 600_000 }, async () => {
  const cases = [
    ['SIGTERM', 143],
    ['SIGUSR1', 75],
  ] as const;
  for (const [signal, exitCode] of cases.slice(0, count({ test: 1, pr: 2, slow: 2 }))) {
    const command = commandFor(signal);
    const first = await runOnce({ command, cwd, signal }, runLengthMs * 0.7);
    expect([0, exitCode], first.output).toContain(first.code);
    expect((await runOnce({ command, cwd })).code).toBe(0);
    expect(resultOf(signal)).toEqual(whole);
  }
});

/** Fine-tuning that is killed at any moment ends in the same bits. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count } from '../tier.ts';
import { killedRuns, runOnce } from './run-kill-rerun.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'athanor-sft-kill-'));
let whole: unknown;
let runLengthMs = 0;

const settings = ['--set', 'pretrain.numSteps=40', '--set', 'pretrain.targets={}'];
const commandFor = (name: string) => [
  ...['node', 'bin/athanor.mjs', 'sft', 'smoke', '--out', join(folder, name)],
  ...[...settings, '--set', 'sft.checkpointEvery=4', '--set', 'sft.evaluateEvery=6'],
];

/** Hashes of all that is trained, every loss. */
function resultOf(name: string) {
  const run = join(folder, name, 'sft');
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  const checkpoints = join(run, 'checkpoints');
  const last = readdirSync(checkpoints).sort().at(-1) ?? '';
  const manifest = JSON.parse(readFileSync(join(checkpoints, last, 'manifest.json'), 'utf8'));
  const lines = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const losses = lines.map((line) => {
    const { step, loss = null, 'validation/loss': heldOut = null } = JSON.parse(line);
    return { step, loss, heldOut };
  });
  const model = hashOf(join(run, 'model/model.safetensors'));
  return { last, files: manifest.files, state: manifest.state, losses, model };
}

beforeAll(async () => {
  const base = ['node', 'bin/athanor.mjs', 'run', 'smoke', '--out', join(folder, 'base')];
  for (const only of ['corpus', 'tokenizer', 'pretrain', 'sample']) {
    const { code, output } = await runOnce({
      command: [...base, ...settings, '--only', only],
      cwd,
    });
    expect(code, output).toBe(0);
  }
  cpSync(join(folder, 'base'), join(folder, 'whole'), { recursive: true });
  const start = performance.now();
  const { code, output } = await runOnce({ command: commandFor('whole'), cwd });
  runLengthMs = performance.now() - start;
  expect(code, output).toBe(0);
  whole = resultOf('whole');
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('SIGKILL at random moments', { timeout: 1_200_000 }, async () => {
  const numKills = count({ test: 1, pr: 5, slow: 60 });
  for (let run = 0; run * 5 < numKills; run++) {
    cpSync(join(folder, 'base'), join(folder, `killed-${run}`), { recursive: true });
  }
  for await (const { name, last } of killedRuns({ commandFor, cwd, runLengthMs, numKills })) {
    expect(last?.code, last?.output).toBe(0);
    expect(resultOf(name)).toEqual(whole);
  }
});

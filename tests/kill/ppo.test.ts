/** PPO that is killed at any moment, in a rollout, an update or a save, ends in the same bits. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count } from '../tier.ts';
import { killedRuns, runOnce } from './run-kill-rerun.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'athanor-ppo-kill-'));
let whole: unknown;
let runLengthMs = 0;

const settings = ['--set', 'pretrain.numSteps=40', '--set', 'pretrain.targets={}'];
const commandFor = (name: string) => [
  ...['node', 'bin/athanor.mjs', 'ppo', 'smoke', '--out', join(folder, name), ...settings],
  // A model that has learned so little ends few answers: a third update would stop it.
  ...['--set', 'ppo.rolloutSize=48', '--set', 'ppo.maxTokens=24', '--set', 'ppo.numEpochs=3'],
  ...['--set', 'ppo.kl={"type":"adaptive","beta":0.1,"target":6,"horizon":500}'],
];

/** Hashes of policy, value function, averages, both optimizers and the guard; every number told. */
function resultOf(name: string) {
  const run = join(folder, name, 'ppo');
  const checkpoints = join(run, 'checkpoints');
  const last = readdirSync(checkpoints).sort().at(-1) ?? '';
  const manifest = JSON.parse(readFileSync(join(checkpoints, last, 'manifest.json'), 'utf8'));
  const lines = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const told = lines.map((line) => {
    const {
      step,
      loss,
      gradNorm,
      'reward/mean': reward,
      'kl/mean': kl,
      ...more
    } = JSON.parse(line);
    return { step, loss, gradNorm, reward, kl, beta: more['kl/beta'], text: more['pretrain/loss'] };
  });
  const weights = readFileSync(join(run, 'model/model.safetensors'));
  const model = createHash('sha256').update(weights).digest('hex');
  return { last, files: manifest.files, state: manifest.state, told, model };
}

beforeAll(async () => {
  const base = ['node', 'bin/athanor.mjs', 'run', 'smoke', '--out', join(folder, 'base')];
  for (const only of ['corpus', 'tokenizer', 'pretrain', 'sample', 'sft', 'reward']) {
    const command = [...base, ...settings, '--only', only];
    const { code, output } = await runOnce({ command, cwd });
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
  const numKills = count({ test: 1, pr: 5, slow: 20 });
  for (let run = 0; run * 5 < numKills; run++) {
    cpSync(join(folder, 'base'), join(folder, `killed-${run}`), { recursive: true });
  }
  for await (const { name, last } of killedRuns({ commandFor, cwd, runLengthMs, numKills })) {
    expect(last?.code, last?.output).toBe(0);
    expect(resultOf(name)).toEqual(whole);
  }
});

/** `athanor run` as a user types it: what it makes, and what it says to bad input. */
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const cwd = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'athanor-run-'));
const made = join(folder, 'made');

function athanor(...args: string[]) {
  const { status, stdout, stderr } = spawnSync('node', ['bin/athanor.mjs', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, OMP_WAIT_POLICY: 'PASSIVE' },
  });
  return { status, stdout, stderr };
}

const run = (...args: string[]) => athanor('run', 'smoke', ...args);

beforeAll(() => {
  const { status, stderr } = run('--out', made);
  expect(status, stderr).toBe(0);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true }));

test('the smoke recipe passes its checks, and a second time finds everything done', () => {
  const summary = JSON.parse(readFileSync(join(made, 'summary.json'), 'utf8'));
  expect(summary.pass).toBe(true);
  const names = summary.stages.map(({ name }: { name: string }) => name);
  expect(names).toEqual([
    ...['corpus', 'tokenizer', 'pretrain', 'sample', 'sft', 'reward', 'ppo', 'eval', 'compare'],
  ]);
  const lines = run('--out', made, '--json')
    .stdout.trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, -1).map(({ isOld }) => isOld)).toEqual(names.map(() => true));
  expect(lines.at(-1)).toEqual(summary);
});

test('a check that fails is an exit code', () => {
  const { status, stdout } = run('--out', made, '--set', 'pretrain.targets.bitsPerByte=0.5');
  expect(status).toBe(1);
  expect(stdout).toContain('✗ held-out bitsPerByte');
});

test.each([
  ['an unknown recipe', ['run', 'smok'], /the recipe must be one of quickstart/],
  ['a recipe that is no file', ['run', './none.ts'], /be a file that exists/],
  [
    'an unknown field',
    ['run', 'smoke', '--set', 'pretrain.modl=1'],
    /pretrain\.modl must be a field/,
  ],
  [
    'a wrong type',
    ['run', 'smoke', '--set', 'pretrain.numSteps=many'],
    /pretrain\.numSteps must be/,
  ],
  ['an unknown stage', ['run', 'smoke', '--only', 'serve'], /must be a stage of smoke/],
  ['a malformed override', ['run', 'smoke', '--set', 'x'], /--set must be path=value/],
])('%s is a usage error', (_, args, message) => {
  const { status, stderr } = athanor(...args, '--out', join(folder, 'none'));
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
  expect(existsSync(join(folder, 'none', 'corpus'))).toBe(false);
});

test('a corpus that is not there or is empty is refused before anything runs', () => {
  const empty = join(folder, 'empty.txt');
  writeFileSync(empty, '');
  for (const file of [empty, join(folder, 'missing.txt')]) {
    const { status, stderr } = run(
      ...[
        '--out',
        join(folder, 'bad-corpus'),
        '--set',
        `corpus.sources={"text":{"files":["${file}"]}}`,
      ],
    );
    expect(stderr).toMatch(/corpus\.sources\.text\.files must name files with text/);
    expect(status).toBe(2);
  }
});

test('another tokenizer under a trained model is refused, and the checkpoint stays', () => {
  const { status, stderr } = run('--out', made, '--set', 'tokenizer.vocabSize=400');
  expect(stderr).toMatch(/inputs\.tokenizer: .* \(refuse\)/);
  expect(status).toBe(2);
  expect(run('--out', made).status).toBe(0);
});

test('another shape under a checkpoint is refused', () => {
  const { status, stderr } = run('--out', made, '--set', 'pretrain.model.numLayers=3');
  expect(stderr).toMatch(/recipe\.model\.numLayers: 2 in the checkpoint, 3 now \(refuse\)/);
  expect(status).toBe(2);
});

test('a vocabulary larger than the model is refused with the number that mends it', () => {
  const { status, stderr } = run(
    ...['--out', join(folder, 'small'), '--set', 'pretrain.model.vocabSize=300'],
  );
  expect(stderr).toMatch(/pretrain\.model\.vocabSize must hold the 512 tokens/);
  expect(stderr).toMatch(/hint: --set pretrain\.model\.vocabSize=512/);
  expect(status).toBe(2);
});

test('a second run in the same folder is kept out', async () => {
  const shared = join(folder, 'shared');
  const args = [
    'bin/athanor.mjs',
    'run',
    'smoke',
    '--out',
    shared,
    '--set',
    'pretrain.numSteps=5000',
  ];
  const first = spawn('node', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    await new Promise((resolve) => first.stdout.once('data', resolve));
    const { status, stderr } = run('--out', shared);
    expect(stderr).toMatch(/must be free: two runs in one folder/);
    expect(status).toBe(1);
  } finally {
    first.kill('SIGKILL');
  }
});

test('a damaged checkpoint is set aside, and all damaged ones are refused with 78', () => {
  const target = join(folder, 'damaged');
  const sets = ['numSteps=6', 'schedule.warmupSteps=2', 'targets={}'];
  const short = ['--out', target, ...sets.flatMap((set) => ['--set', `pretrain.${set}`])];
  expect(run(...short).status).toBe(0);
  const checkpoints = join(target, 'pretrain/checkpoints');
  appendFileSync(join(checkpoints, 'step-00000006/model.safetensors'), 'x');
  // Fine-tuning that was begun with one base does not go on with another.
  const longer = [...short, '--only', 'pretrain', '--set', 'pretrain.numSteps=8'];
  const second = run(...longer);
  expect(second.status, second.stderr).toBe(0);
  expect(existsSync(join(checkpoints, 'step-00000006.corrupt'))).toBe(true);
  for (const step of ['00000000', '00000008']) {
    appendFileSync(join(checkpoints, `step-${step}/model.safetensors`), 'x');
  }
  expect(run(...longer, '--set', 'pretrain.numSteps=9').status).toBe(78);
});

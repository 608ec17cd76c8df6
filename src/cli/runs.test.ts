/** `athanor runs` on folders whole, half-written, foreign and damaged. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodes, openRunDirectory } from '../base/index.ts';
import { main } from './main.ts';
import { captureOutput } from './testing/capture-output.ts';

let folder = '';
const output = captureOutput();

beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-runs-'));
  writeRun('first', { numSteps: 40, peak: 0.01 });
  writeRun('second', { numSteps: 20, peak: 0.02 });
  fs.utimesSync(join(folder, 'second', 'recipe.json'), new Date(2040, 1, 1), new Date(2040, 1, 1));
  writeDamage();
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A run whose training loss falls from 5, with a step that was not finite, and a check that fails. */
function writeRun(name: string, { numSteps, peak }: { numSteps: number; peak: number }): void {
  const corpus = { sources: {} };
  const pretrain = { numSteps, schedule: { kind: 'cosine', peak }, prompts: ['春'] };
  const run = join(folder, name);
  fs.mkdirSync(join(run, 'corpus'), { recursive: true });
  fs.mkdirSync(join(run, 'pretrain', 'checkpoints', 'step-00000000'), { recursive: true });
  const recipe = { name: 'tiny', description: '', corpus, pretrain };
  fs.writeFileSync(join(run, 'recipe.json'), JSON.stringify(recipe));
  const hash = (key: string, config: object) =>
    createHash('sha256')
      .update(JSON.stringify([key, config]))
      .digest('hex');
  const keys = { corpus: hash('1', corpus), pretrain: hash(hash('1', corpus), pretrain) };
  const check = { name: 'held-out loss', value: null, target: '≤ 1', pass: false };
  finish('corpus', { key: keys.corpus, metrics: { aBytes: 7 }, checks: [] });
  finish('pretrain', { key: keys.pretrain, metrics: { loss: null }, checks: [check] });
  const lines = Array.from({ length: numSteps }, (_, step) =>
    JSON.stringify({ step, loss: step === 3 ? null : 5 - step / 10, secondsElapsed: step }),
  );
  lines.push(
    JSON.stringify({ step: numSteps - 1, 'validation/loss': 2, 'validation/bitsPerByte': 1 }),
  );
  fs.writeFileSync(join(run, 'pretrain', 'metrics.jsonl'), `${lines.join('\n')}\n{"step":9`);

  function finish(stage: string, summary: object): void {
    const text = JSON.stringify({ name: stage, seconds: 3, ...summary });
    fs.writeFileSync(join(run, stage, 'finished.json'), text);
  }
}

function writeDamage(): void {
  fs.writeFileSync(join(folder, 'a-file'), '');
  fs.mkdirSync(join(folder, 'foreign'));
  fs.symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
  fs.mkdirSync(join(folder, 'hurt'));
  fs.writeFileSync(join(folder, 'hurt', 'recipe.json'), '{"name":');
  fs.cpSync(join(folder, 'first'), join(folder, 'half'), { recursive: true });
  fs.writeFileSync(join(folder, 'half', 'pretrain', 'finished.json'), '{"key":');
  fs.writeFileSync(
    join(folder, 'half', 'pretrain', 'metrics.jsonl'),
    'no\n[1]\n{"step":-1,"loss":1}\n',
  );
}

const runs = (...args: string[]) => main(['runs', ...args, '--folder', folder]);

test('all runs, the newest first; what is none is named', async () => {
  expect(await runs()).toBe(exitCodes.done);
  const [header, ...lines] = output.printed.split('\n');
  expect(header).toMatch(/^run +recipe +state +stages +steps +loss +held out +bits\/byte/);
  expect(lines[0]).toMatch(/^second +tiny +failed +2 of 2 +20 +3\.100 +2 +1 +22\.0 s +[\d.]+ kB/);
  expect(output.printed).toMatch(/^first .* 40 +1\.100 /m);
  expect(output.printed).toMatch(/^half +tiny +unfinished +1 of 2 +– +– +– /m);
  expect(output.printed).toMatch(/^damaged: hurt: .*recipe.json must be a recipe as JSON/m);
  expect(output.printed).toMatch(/^not runs: a-file, dangling, foreign$/m);
  output.printed = '';
  await runs('--json');
  const found = JSON.parse(output.printed);
  expect(found.runs.map(({ name }: { name: string }) => name)).toEqual(['second', 'half', 'first']);
  expect(found.runs[0].stages[1].summary.metrics.loss).toBeNull();
});

test('one run: stages, checks, checkpoints and curves', async () => {
  expect(await runs('first')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^first · recipe tiny · failed · /);
  expect(output.printed).toContain('✗ held-out loss: NaN (target ≤ 1)');
  expect(output.printed).toContain('checkpoints: step-00000000');
  expect(output.printed).toMatch(/^5 ┤⠉/m);
  expect(output.printed).toMatch(/ o$/m);
  output.printed = '';
  await main(['runs', join(folder, 'first'), '--json']);
  const { training, heldOut } = JSON.parse(output.printed).curves.pretrain;
  expect(training).toHaveLength(40);
  expect(training.slice(2, 5)).toEqual([
    [2, 4.8],
    [3, null],
    [4, 4.6],
  ]);
  expect(heldOut).toEqual([[39, 2]]);
});

test('several runs: what was changed, and what came of it', async () => {
  expect(await runs('first', 'second')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^recipe +first +second\n/);
  expect(output.printed).toMatch(/^pretrain.numSteps +40 +20$/m);
  expect(output.printed).toMatch(/^pretrain.schedule.peak +0.01000 +0.02000$/m);
  expect(output.printed).not.toMatch(/^pretrain.(prompts|schedule.kind)/m);
  expect(output.printed).toMatch(/^pretrain: held-out loss +✗ +✗$/m);
  expect(output.printed).toMatch(/┤\*/);
  output.printed = '';
  await runs('first', 'second', '--json');
  const { recipe } = JSON.parse(output.printed);
  expect(recipe[0]).toEqual({ path: 'pretrain.numSteps', values: [40, 20] });
});

test('a run at work is running, and is not disturbed', async () => {
  const path = join(folder, 'first');
  const recipe = JSON.parse(fs.readFileSync(join(path, 'recipe.json'), 'utf8'));
  using _run = openRunDirectory(path, recipe);
  await runs('first');
  expect(output.printed).toMatch(/^first · recipe tiny · running · /);
});

test('a run whose training says nothing of use', async () => {
  expect(await runs('half')).toBe(exitCodes.done);
  expect(output.printed).toMatch(/^· pretrain {2}not finished$/m);
});

test('wrong names are usage errors', async () => {
  expect(await runs('frist')).toBe(exitCodes.usage);
  expect(output.complained).toMatch(
    /the run must be .* got frist\n {2}hint: the runs there are .*first/,
  );
  expect(await runs('')).toBe(exitCodes.usage);
  expect(await main(['runs', '--folder', join(folder, 'a-file')])).toBe(exitCodes.usage);
  expect(output.complained).toMatch(/--folder must be a folder of runs/);
  expect(await runs('hurt')).toBe(exitCodes.failure);
  expect(output.complained).toMatch(
    /hurt.recipe.json must be a recipe as JSON, got something else/,
  );
  expect(output.printed).toBe('');
});

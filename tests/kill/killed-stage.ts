/** A stage of the recipe smoke that is killed at random moments, behind stages that run once. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedRuns, runOnce } from './run-kill-rerun.ts';

const cwd = fileURLToPath(new URL('../../', import.meta.url));
const settings = ['--set', 'pretrain.numSteps=40', '--set', 'pretrain.targets={}'];

export interface KilledStage {
  stage: string;
  stagesBefore: readonly string[];
  /** Arguments of its command. */
  numbers: readonly string[];
  numKills: number;
  /** What is compared of a line of metrics.jsonl. */
  toldIn: (line: Record<string, number>) => unknown;
}

/** Declares the test: however often it is killed, the stage ends in the same bits. */
export function testKilledStage(config: KilledStage): void {
  const { stage, stagesBefore, numbers, numKills } = config;
  const folder = mkdtempSync(join(tmpdir(), `athanor-${stage}-kill-`));
  const pathOf = (name: string) => join(folder, name);
  const commandFor = (name: string) => athanor(stage, pathOf(name), ...numbers);
  let whole: unknown;
  let runLengthMs = 0;

  beforeAll(async () => {
    for (const only of stagesBefore) await succeed(athanor('run', pathOf('base'), '--only', only));
    cpSync(pathOf('base'), pathOf('whole'), { recursive: true });
    const start = performance.now();
    await succeed(commandFor('whole'));
    runLengthMs = performance.now() - start;
    whole = resultOf(join(pathOf('whole'), stage), config);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test('SIGKILL at random moments', { timeout: 1_200_000 }, async () => {
    for (let run = 0; run * 5 < numKills; run++) {
      cpSync(pathOf('base'), pathOf(`killed-${run}`), { recursive: true });
    }
    for await (const { name, last } of killedRuns({ commandFor, cwd, runLengthMs, numKills })) {
      expect(last?.code, last?.output).toBe(0);
      expect(resultOf(join(pathOf(name), stage), config)).toEqual(whole);
    }
  });
}

function athanor(command: string, run: string, ...more: readonly string[]): string[] {
  return ['node', 'bin/athanor.mjs', command, 'smoke', '--out', run, ...settings, ...more];
}

async function succeed(command: string[]): Promise<void> {
  const { code, output } = await runOnce({ command, cwd });
  expect(code, output).toBe(0);
}

/** Hashes of all that the last checkpoint holds and of the exported weights; what every step told. */
function resultOf(run: string, { toldIn }: KilledStage) {
  const checkpoints = join(run, 'checkpoints');
  const last = readdirSync(checkpoints).sort().at(-1) ?? '';
  const manifest = JSON.parse(readFileSync(join(checkpoints, last, 'manifest.json'), 'utf8'));
  const lines = readFileSync(join(run, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const told = lines.map((line) => toldIn(JSON.parse(line)));
  const weights = readFileSync(join(run, 'model/model.safetensors'));
  const model = createHash('sha256').update(weights).digest('hex');
  return { last, files: manifest.files, state: manifest.state, told, model };
}

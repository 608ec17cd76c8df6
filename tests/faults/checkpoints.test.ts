/**
 * A training run whose file system fails at every call of saving and deleting checkpoints. All cases
 * start from a copy of one run that died at step 20, and save at steps 30 and 40.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count } from '../tier.ts';
import { FaultyRuns, type Plan, stepOf } from './faulty-runs.ts';
import { canInjectFaults, type LoggedCall, readCalls } from './io-shim.ts';

let runs: FaultyRuns;
let whole: string[] = [];
let calls: LoggedCall[] = [];

/** A copy of the run that died at step 20, and what a start under the plan makes of it. */
const startCase = (plan: Plan, prefix?: string[]) => runs.startFrom('template', plan, prefix);

async function prepare(): Promise<void> {
  runs = new FaultyRuns();
  const log = join(runs.scratch, 'whole.log');
  const { code, output } = await runs.start('whole', { mode: 'count', log });
  expect(code, output).toBe(0);
  whole = runs.resultOf('whole');
  const at = readCalls(log).find((call) => stepOf(call) === 30)?.number ?? 0;
  expect((await runs.start('template', { mode: 'kill', at })).signal).toBe('SIGKILL');
  const counted = join(runs.scratch, 'counted.log');
  const undisturbed = await startCase({ mode: 'count', log: counted });
  expect(undisturbed.output).toContain('ready at step 20');
  expect(runs.resultOf(undisturbed.name)).toEqual(whole);
  // The first calls make the folder itself, before there is anything to lose.
  calls = readCalls(counted).filter(
    (call) => call.path !== runs.checkpointsOf(undisturbed.name) || call.name === 'fsync',
  );
}

beforeAll(async () => {
  if (canInjectFaults) await prepare();
}, 600_000);
afterAll(() => runs?.[Symbol.dispose]());

const everyNth = (list: readonly LoggedCall[], n: number) =>
  list.filter((_, i) => i % n === n >> 1);
const called = (wanted: string) => calls.filter(({ name }) => name === wanted);

const faultTest = (name: string, body: () => Promise<void>) =>
  test.runIf(canInjectFaults)(name, { timeout: 3_600_000 }, body);

faultTest('SIGKILL at a call, or in the middle of a write', async () => {
  const kills = everyNth(calls, count({ test: 40, pr: 5, slow: 1 }));
  const halves = everyNth(called('write'), count({ test: 8, pr: 5, slow: 1 }));
  for (const call of kills) await expectExactResume('kill', call);
  for (const call of halves) await expectExactResume('half', call);
});

async function expectExactResume(mode: 'kill' | 'half', call: LoggedCall): Promise<void> {
  const { name, signal, output } = await startCase({ mode, at: call.number });
  const what = `${mode} at ${call.name} ${call.path}`;
  expect(signal, `${what}: ${output}`).toBe('SIGKILL');
  const renamed = called('rename').filter(({ number }) => number < call.number);
  const last = renamed.findLast(({ path }) => !path.includes('.tmp-'));
  const newest = last === undefined ? 20 : stepOf(last);
  expect(runs.verifiedSteps(name), what).toEqual(expect.arrayContaining([newest, newest - 10]));
  expect((await runs.start(name)).output, what).toContain(`ready at step ${newest}`);
  expect(runs.resultOf(name), what).toEqual(whole);
  expect(fs.readdirSync(runs.checkpointsOf(name)).join(), what).not.toContain('.tmp-');
  expect(runs.alarmsOf(name), what).toBe('');
}

faultTest('a call that fails: an alarm, training goes on, the next save succeeds', async () => {
  const errors = ['ENOSPC', 'EIO', 'EDQUOT'] as const;
  const chosen = everyNth(calls, count({ test: 40, pr: 10, slow: 1 }));
  for (const call of chosen) {
    for (const error of errors.slice(0, count({ test: 1, pr: 3, slow: 3 }))) {
      await expectAlarm(call, error);
    }
  }
  // The shim loses what a failed sync should have kept: to sync again and go on would be noticed.
  const syncs = everyNth(called('fsync'), count({ test: 12, pr: 3, slow: 12 }));
  for (const call of syncs) await expectAlarm(call, 'EIO');
});

async function expectAlarm(call: LoggedCall, error: 'ENOSPC' | 'EIO' | 'EDQUOT'): Promise<void> {
  const { name, code, output } = await startCase({ mode: 'fail', at: call.number, error });
  const what = `${error} at ${call.name} ${call.path}`;
  expect(code, `${what}: ${output}`).toBe(0);
  expect(runs.resultOf(name), what).toEqual(whole);
  const isLost = spoiledSave(call) === 30;
  expect(runs.verifiedSteps(name), what).toEqual(isLost ? [10, 20, 40] : [10, 30, 40]);
  const alarm = isDeletion(call) ? 'could not be deleted' : 'could not be saved, training goes on';
  expect(runs.alarmsOf(name), what).toContain(alarm);
}

faultTest('short writes are completed', async () => {
  for (const call of everyNth(called('write'), count({ test: 8, pr: 4, slow: 1 }))) {
    const { name, code, output } = await startCase({ mode: 'short', at: call.number });
    expect(code, output).toBe(0);
    expect(runs.resultOf(name), call.path).toEqual(whole);
    expect(runs.alarmsOf(name), call.path).toBe('');
  }
});

faultTest('a disk that stays full or dies costs no step, and a later start goes on', async () => {
  const errors = (['ENOSPC', 'EIO'] as const).slice(0, count({ test: 1, pr: 2, slow: 2 }));
  for (const call of everyNth(calls, count({ test: 40, pr: 10, slow: 1 }))) {
    for (const error of errors) {
      const plan = { mode: 'fail-from', at: call.number, error } as const;
      const { name, code, output } = await startCase(plan);
      expect(code, output).toBe(0);
      expect(runs.read(name, 'metrics.jsonl')).toBe(whole[0]);
      expect(runs.verifiedSteps(name).length).toBeGreaterThanOrEqual(2);
      expect(runs.alarmsOf(name)).toContain(error);
      expect((await runs.start(name)).code).toBe(0);
      expect(runs.resultOf(name)).toEqual(whole);
    }
  }
});

faultTest('a limit on the size of files, and too little free space', async () => {
  // 200 KiB: less than the moments of the optimizer.
  const shell = ['bash', '-c', 'ulimit -f 200; exec "$@"', 'bash'];
  const limited = await startCase({ mode: 'count' }, shell);
  expect(limited.code, limited.output).toBe(0);
  expect(runs.alarmsOf(limited.name)).toContain('EFBIG');
  const log = join(runs.scratch, 'full.log');
  const full = await startCase({ mode: 'count', freeBytes: 400_000, log });
  expect(full.code, full.output).toBe(0);
  expect(runs.alarmsOf(full.name)).toContain('the free space for a checkpoint');
  expect(readCalls(log).map(({ name }) => name)).not.toContain('open');
  for (const { name } of [limited, full]) {
    expect(runs.verifiedSteps(name)).toEqual([10, 20]);
    expect(JSON.parse(runs.read(name, 'result.json'))).toMatchObject({ isSaved: false });
  }
});

/** Of all that belongs to step 20, only its deletion happens here. */
const isDeletion = (call: LoggedCall) => stepOf(call) === 20;

/** The step whose save a failed call spoils; that of step 40 is made again at the end of the run. */
function spoiledSave(call: LoggedCall): number {
  const before = calls.filter(({ number }) => number <= call.number).map(stepOf);
  return before.findLast((step) => !Number.isNaN(step)) ?? 30;
}

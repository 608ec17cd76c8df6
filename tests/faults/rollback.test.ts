/**
 * A run that goes back to an earlier checkpoint at step 27 because of bad samples, and is killed at
 * its calls to the file system before, during and after that: it ends in the same bits.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { count, tier } from '../tier.ts';
import { FaultyRuns, stepOf } from './faulty-runs.ts';
import { canInjectFaults, type LoggedCall, readCalls } from './io-shim.ts';

let runs: FaultyRuns;
let calls: LoggedCall[] = [];
let whole: string[] = [];

beforeAll(async () => {
  if (!canInjectFaults) return;
  // A step has two samples: those of steps 24 to 27 make the loss NaN.
  runs = new FaultyRuns({ spoiled: { 48: null, 50: null, 53: null, 54: null } });
  const log = join(runs.scratch, 'calls.log');
  const { code, output } = await runs.start('whole', { mode: 'count', log });
  expect(code, output).toBe(0);
  calls = readCalls(log);
  whole = runs.resultOf('whole');
}, 600_000);
afterAll(() => runs?.[Symbol.dispose]());

test.runIf(canInjectFaults)('the run went back and ended', () => {
  const { step, ledger, consumedSamples } = JSON.parse(whole[1] ?? '');
  const endSample = 28 * 2 + 200 * 2;
  expect(ledger).toEqual([{ step: 27, reason: 'went back', firstSample: 20, endSample }]);
  expect({ step, consumedSamples }).toEqual({ step: 40, consumedSamples: endSample + 30 * 2 });
  expect(whole[0]?.trimEnd().split('\n')).toHaveLength(40);
});

/** Step 20 is saved, deleted by going back, and saved again: this is in the middle of the deletion. */
function inDeletion(): LoggedCall[] {
  const renames = calls.filter((call) => call.name === 'rename' && stepOf(call) === 20);
  const first = renames.find(({ path }) => path.includes('.tmp-'));
  return calls.filter(({ number }) => number === (first?.number ?? Number.NaN) + 2);
}

const timeout = 3_600_000;
test.runIf(canInjectFaults)('a kill at any call changes no bit', { timeout }, async () => {
  const every = count({ test: 1, pr: 5, slow: 1 });
  // The first call makes the folder.
  const chosen = tier === 'test' ? inDeletion() : calls.filter((_, i) => i > 0 && i % every === 0);
  expect(chosen).not.toHaveLength(0);
  for (const { number, name: call, path } of chosen) {
    const [name, what] = [`killed-${number}`, `${call} ${path}`];
    const killed = await runs.start(name, { mode: 'kill', at: number });
    expect(killed.signal, `${what}: ${killed.output}`).toBe('SIGKILL');
    const { code, output } = await runs.start(name);
    expect(code, `${what}: ${output}`).toBe(0);
    expect(runs.resultOf(name), what).toEqual(whole);
  }
});

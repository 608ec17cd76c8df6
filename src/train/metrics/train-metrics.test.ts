import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { measurePeakFlops } from './peak-flops.ts';
import { lineOf, type StepRecord } from './step-record.ts';
import { ThroughputMeter } from './throughput.ts';
import { TrainMetrics, type TrainMetricsConfig } from './train-metrics.ts';

let folder = '';
let shown = '';
beforeEach(() => {
  shown = '';
  folder = fs.mkdtempSync(join(tmpdir(), 'athanor-metrics-'));
  return () => fs.rmSync(folder, { recursive: true });
});

function open(given: Partial<TrainMetricsConfig> = {}): TrainMetrics {
  const stream = { write: (text: string) => (shown += text) };
  const progress = { style: 'json' as const, stream };
  return new TrainMetrics({ folder, numSteps: 20, startStep: 0, progress, ...given });
}

function report(step: number, loss = 3) {
  const numbers = { gradNorm: 0.5, learningRate: 1e-3, numTokens: 512, numSamples: 4 };
  return { step, loss, ...numbers, seconds: 0.25 };
}

function records(): Partial<StepRecord>[] {
  const lines = fs.readFileSync(join(folder, 'metrics.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Partial<StepRecord>);
}

test('speed is that of the steps, time left that of the clock', () => {
  const meter = new ThroughputMeter({ numSteps: 100, flopsPerToken: 2e6, peakFlops: 8e9 });
  for (let step = 0; step < 49; step++) meter.add({ step, numTokens: 1000, seconds: 1 }, 3);
  const last = meter.add({ step: 49, numTokens: 1000, seconds: 1 }, 3);
  expect(last).toEqual({ tokensPerSecond: 1000, modelFlopsUtilization: 0.25, secondsLeft: 150 });
});

test('a change of speed shows within a minute, one slow step does not hide it', () => {
  const meter = new ThroughputMeter({ numSteps: 1000 });
  const add = (numTokens: number) => meter.add({ step: 0, numTokens, seconds: 1 }, 1);
  for (let step = 0; step < 200; step++) add(1000);
  expect(add(0).tokensPerSecond).toBeGreaterThan(950);
  for (let step = 0; step < 60; step++) add(2000);
  expect(add(2000).tokensPerSecond).toBeGreaterThan(1800);
});

test('the line for people', () => {
  const record: StepRecord = {
    ...{ step: 8, loss: 2.34567, gradNorm: 0.4567, learningRate: 3e-4, numTokens: 1, seconds: 1 },
    ...{ tokensPerSecond: 11_234, modelFlopsUtilization: 0.384, secondsLeft: 3_723 },
    ...{ residentBytes: 1.31e9, cudaBytes: 999.96e6, secondsElapsed: 1, cost: 0.1234 },
  };
  expect(lineOf(record, 20)).toBe(
    '━━━━╸───── 45% · step 9/20 · loss 2.346 · 11.2k tokens/s · 1:02:03 left · MFU 38% · ' +
      'lr 3.0e-4 · grad 0.46 · 1.3GB · GPU 1.0GB · cost 0.12',
  );
  const skipped = lineOf({ ...record, skipped: 'loss NaN', secondsLeft: 183_600 }, 9);
  expect(skipped).toContain('━━━━━━━━━━ 100% · step 9/9 · skipped: loss NaN');
  expect(skipped).toContain('2d 03:00 left');
});

test('a resumed run shows one curve, and counts the time of lost steps', () => {
  {
    using metrics = open({ pricePerHour: 3600 });
    for (let step = 0; step < 10; step++) metrics.step(report(step));
    metrics.values(9, { 'validation/loss': 2.5 });
  }
  const spent = records().findLast(({ cost }) => cost !== undefined)?.cost ?? Number.NaN;
  {
    using metrics = open({ startStep: 5, pricePerHour: 3600 });
    expect(records().map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(metrics.step(report(5)).cost).toBeGreaterThan(spent);
  }
  expect(records().at(-1)).toMatchObject({ step: 5, loss: 3 });
  expect(fs.readdirSync(join(folder, 'tensorboard'))).toHaveLength(2);
});

test('after going back the given-up steps are gone', () => {
  using metrics = open();
  for (let step = 0; step < 6; step++) metrics.step(report(step));
  metrics.rolledBack(2);
  metrics.step(report(2, Number.NaN));
  expect(records().map(({ step, loss }) => [step, loss])).toEqual([
    [0, 3],
    [1, 3],
    [2, null],
  ]);
  expect(JSON.parse(shown.trimEnd().split('\n').at(-2) ?? '')).toEqual({ wentBackTo: 2 });
});

test('a full disk costs metrics, not the run, and raises one alarm', () => {
  using metrics = open();
  metrics.step(report(0));
  const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
  const write = vi.spyOn(fs, 'writeSync').mockImplementation(() => {
    throw full;
  });
  syncBuiltinESMExports();
  for (const step of [1, 2]) metrics.step(report(step));
  write.mockRestore();
  syncBuiltinESMExports();
  metrics.step(report(3));
  expect(records().map(({ step }) => step)).toEqual([0, 3]);
  expect(shown.match(/ALARM: metrics are lost.*ENOSPC/g)).toHaveLength(1);
});

test('machines read the same records that are in the file', () => {
  {
    using metrics = open({ flopsPerToken: 1e6, peakFlops: 1e10 });
    metrics.step(report(0));
    metrics.values(0, { 'validation/bitsPerByte': 1.25 });
  }
  expect(shown).toBe(fs.readFileSync(join(folder, 'metrics.jsonl'), 'utf8'));
  expect(records()[0]).toMatchObject({ tokensPerSecond: 2048, modelFlopsUtilization: 0.2048 });
  expect(records()[0]).not.toHaveProperty('cost');
});

test('a peak is measured, and nonsense is refused', () => {
  const peakFlops = measurePeakFlops('float32');
  // A core multiplies a million times a second, and no machine makes an exaflop.
  expect(peakFlops).toBeGreaterThan(1e6);
  expect(peakFlops).toBeLessThan(1e18);
  expect(() => open({ peakFlops: 0 })).toThrow('train.peakFlops must be above 0, got 0');
  expect(() => open({ pricePerHour: -1 })).toThrow('train.pricePerHour must be 0 or more');
});

/** What a changed field means to a run that resumes: every one is told, unsafe ones stop it. */
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ConfigError } from '../../base/index.ts';
import { TinyRun } from '../testing/tiny-run.ts';
import { TrainState } from '../train-state.ts';
import { describeDifference, type ResumeRule, type ResumeRules } from './compare-facts.ts';
import type { Facts, Json } from './manifest.ts';
import { resume } from './resume.ts';
import { runFacts } from './run-facts.ts';
import { CheckpointStore } from './store.ts';

/** As a stage gathers them. */
const recipe = {
  model: {
    ...{ numLayers: 4, hiddenSize: 128, numHeads: 4, numKvHeads: 2, contextLength: 128 },
    ...{ vocabSize: 2048, activation: 'swiglu', norm: 'rms', positions: 'rope', dropout: 0 },
  },
  optimizer: { betas: [0.9, 0.95], epsilon: 1e-8, weightDecay: 0.1 },
  schedule: { peak: 1e-3, warmupSteps: 50, totalSteps: 1000, final: 1e-4, shape: 'cosine' },
  train: { numSteps: 1000, microBatchSize: 4, numMicroBatches: { from: 2, to: 8 }, clipNorm: 1 },
  checkpoints: { everySteps: 50, keepLast: 2, keepEvery: 0 },
  evaluation: { everySteps: 100, prompts: ['春眠不觉晓，'] },
  notes: null,
};
const facts = runFacts({
  ...{ recipe, precision: 'fp32', device: 'cpu' },
  seeds: { init: 1, data: 2, train: 3 },
  inputs: { tokenizerSha256: 'aa', dataSha256: 'bb', mixture: { poems: 0.5, news: 0.5 } },
});
const rules: ResumeRules = {
  'recipe.*': 'new wins',
  'recipe.model.*': 'refuse',
  'recipe.model.dropout': 'new wins',
  'recipe.train.microBatchSize': 'inexact',
  'recipe.schedule.shape': 'checkpoint wins',
};

/** Every leaf of the facts above, and what becomes of a run in which it is another. */
const expected: Readonly<Record<string, ResumeRule>> = {
  'inputs.dataSha256': 'refuse',
  'inputs.mixture.news': 'refuse',
  'inputs.mixture.poems': 'refuse',
  'inputs.tokenizerSha256': 'refuse',
  'machine.architecture': 'inexact',
  'machine.athanorVersion': 'inexact',
  'machine.cpuCapability': 'inexact',
  'machine.device': 'inexact',
  'machine.libtorchVersion': 'inexact',
  'machine.numThreads': 'inexact',
  'machine.precision': 'inexact',
  'machine.variant': 'inexact',
  'recipe.checkpoints.everySteps': 'new wins',
  'recipe.checkpoints.keepEvery': 'new wins',
  'recipe.checkpoints.keepLast': 'new wins',
  'recipe.evaluation.everySteps': 'new wins',
  'recipe.evaluation.prompts.0': 'new wins',
  'recipe.model.activation': 'refuse',
  'recipe.model.contextLength': 'refuse',
  'recipe.model.dropout': 'new wins',
  'recipe.model.hiddenSize': 'refuse',
  'recipe.model.norm': 'refuse',
  'recipe.model.numHeads': 'refuse',
  'recipe.model.numKvHeads': 'refuse',
  'recipe.model.numLayers': 'refuse',
  'recipe.model.positions': 'refuse',
  'recipe.model.vocabSize': 'refuse',
  'recipe.notes': 'new wins',
  'recipe.optimizer.betas.0': 'new wins',
  'recipe.optimizer.betas.1': 'new wins',
  'recipe.optimizer.epsilon': 'new wins',
  'recipe.optimizer.weightDecay': 'new wins',
  'recipe.schedule.final': 'new wins',
  'recipe.schedule.peak': 'new wins',
  'recipe.schedule.shape': 'checkpoint wins',
  'recipe.schedule.totalSteps': 'new wins',
  'recipe.schedule.warmupSteps': 'new wins',
  'recipe.train.clipNorm': 'new wins',
  'recipe.train.microBatchSize': 'inexact',
  'recipe.train.numMicroBatches.from': 'new wins',
  'recipe.train.numMicroBatches.to': 'new wins',
  'recipe.train.numSteps': 'new wins',
  recipeSha256: 'new wins',
  'seeds.data': 'refuse',
  'seeds.init': 'checkpoint wins',
  'seeds.train': 'refuse',
};

const folder = fs.mkdtempSync(join(tmpdir(), 'athanor-resume-'));
let run: TinyRun;
let store: CheckpointStore;

beforeAll(async () => {
  run = new TinyRun();
  store = new CheckpointStore({ folder, facts });
  const state = { ...new TrainState().snapshot(), step: 5, consumedSamples: 20 };
  await store.save({ ...run.content(), state });
  await store.flush();
});
afterAll(async () => {
  await store.close();
  run[Symbol.dispose]();
  fs.rmSync(folder, { recursive: true });
});

/** The same facts, with another value at a path. */
function changed(value: Json, path: readonly string[]): Json {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'number' ? value + 1 : `not ${String(value)}`;
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === key ? changed(item, rest) : item));
  const fields = value as Facts;
  return { ...fields, [key]: changed(fields[key] ?? null, rest) };
}

function leaves(value: Json, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return [path.join('.')];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

const resumeWith = (state: TrainState, now: Facts) =>
  resume({ store, state, targets: run.targets, facts: now, rules });

test('the table has every field', () => {
  expect(leaves(facts).toSorted()).toEqual(Object.keys(expected).toSorted());
});

test('nothing changed: an exact run', async () => {
  const state = new TrainState();
  const resumed = await resumeWith(state, facts);
  expect(resumed).toMatchObject({ step: 5, isExact: true, differences: [] });
  expect(resumed?.checkpoint.step).toBe(5);
  expect(state.consumedSamples).toBe(20);
});

test.each(Object.entries(expected))('%s changed: %s', async (path, rule) => {
  const state = new TrainState();
  const now = changed(facts, path.split('.')) as Facts;
  if (rule === 'refuse') {
    const refusal = resumeWith(state, now);
    await expect(refusal).rejects.toThrow(ConfigError);
    await expect(refusal).rejects.toThrow(`${path}: `);
    expect(state).toEqual(new TrainState());
    return;
  }
  const resumed = await resumeWith(state, now);
  expect(resumed?.differences.map((difference) => difference.path)).toEqual([path]);
  const [line] = resumed?.differences.map(describeDifference) ?? [];
  expect(line).toMatch(/^.+: .+ in the checkpoint, .+ now \(.+\)$/);
  expect(line).toContain(`(${rule})`);
  expect(resumed?.isExact).toBe(rule === 'checkpoint wins');
  expect(state.step).toBe(5);
});

test('a field that came or went is a difference, and one without a rule is refused', async () => {
  const { notes: _, ...shorter } = recipe;
  const without = { ...facts, recipe: shorter };
  const resumed = await resumeWith(new TrainState(), without);
  expect(resumed?.differences.map(describeDifference)).toEqual([
    'recipe.notes: null in the checkpoint, absent now (new wins)',
  ]);
  const more = resumeWith(new TrainState(), { ...facts, galaxy: 7 });
  await expect(more).rejects.toThrow('galaxy: absent in the checkpoint, 7 now (refuse)');
});

test('all unsafe differences are told at once', async () => {
  const first = changed(facts, ['inputs', 'dataSha256']) as Facts;
  const both = changed(first, ['recipe', 'model', 'numHeads']) as Facts;
  const refusal = resumeWith(new TrainState(), both);
  await expect(refusal).rejects.toThrow('inputs.dataSha256: "bb" in the checkpoint, "not bb" now');
  await expect(refusal).rejects.toThrow('recipe.model.numHeads: 4 in the checkpoint, 5 now');
});

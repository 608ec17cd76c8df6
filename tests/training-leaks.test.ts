/** What training holds, and what it gives back. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  AdamW,
  clipGradNorm,
  decayMatricesOnly,
  Muon,
  OptimizerChain,
  splitByDim,
} from '../src/optim/index.ts';
import {
  liveTensors,
  loadSafetensors,
  manualSeed,
  saveSafetensors,
  scope,
  setNumThreads,
} from '../src/tensor/index.ts';
import { makeBatch, SmallGpt, type SmallGptConfig, trainStep } from './small-gpt.ts';
import { count, tier } from './tier.ts';

beforeAll(() => setNumThreads(1));

function prepare(config: SmallGptConfig = {}) {
  manualSeed(1);
  const model = new SmallGpt(config);
  const optimizer = new AdamW(decayMatricesOnly(model.parameters(), 0.1));
  return { model, optimizer };
}

function dispose(...owners: { dispose(): void }[]): void {
  for (const owner of owners) owner.dispose();
}

const tiny = { numLayers: 1, hiddenSize: 8, numHeads: 2, contextLength: 4 };
const trained: SmallGptConfig[] =
  tier === 'test' ? [tiny] : [tiny, { precision: 'fp32' }, { precision: 'bf16', dropout: 0.1 }];

const numSteps = count({ test: 300, pr: 1000, slow: 1000 });

test.each(trained)(`step ${numSteps} holds what step 100 held: %o`, (config) => {
  const { model, optimizer } = prepare(config);
  const run = (from: number, to: number) => {
    for (let step = from; step < to; step++) scope(() => trainStep(model, optimizer, step));
    return { tensors: liveTensors(), resident: process.memoryUsage.rss() };
  };
  const early = run(0, 100);
  const late = run(100, numSteps);
  expect(late.tensors).toBe(early.tensors);
  expect(late.resident / early.resident).toBeLessThan(1.05);
  dispose(model, optimizer);
});

/** Muon for the matrices of hidden layers, AdamW for the rest. */
function chain(model: SmallGpt): OptimizerChain {
  const [matrices, vectors] = splitByDim(model.parameters(), 2);
  const embeddings = ['tokens.weight', 'positions.weight'];
  const inner = new Map([...matrices].filter(([name]) => !embeddings.includes(name)));
  const rest = [...matrices].filter(([name]) => embeddings.includes(name));
  return new OptimizerChain({
    muon: new Muon([{ parameters: inner }]),
    adamw: new AdamW([{ parameters: new Map([...rest, ...vectors]) }]),
  });
}

test('optimizers and clipping leave no tensor behind, also outside of every scope', () => {
  const model = new SmallGpt();
  const optimizer = chain(model);
  scope(() => {
    const [tokens, targets] = makeBatch(model, 0);
    model.loss(model.forward(tokens), targets).backward();
  });
  const numLive = liveTensors();
  clipGradNorm(model.parameters(), 1);
  optimizer.step(1e-3);
  expect(liveTensors()).toBe(numLive);
  optimizer.zeroGrad();
  dispose(model, optimizer);
});

describe('a model and its optimizers, saved and loaded', () => {
  test('give equal logits, and train on with the same bits', () => {
    manualSeed(3);
    const first = new SmallGpt();
    const second = new SmallGpt();
    const [ours, theirs] = [chain(first), chain(second)];
    for (let step = 0; step < 5; step++) scope(() => trainStep(first, ours, step));
    const folder = mkdtempSync(join(tmpdir(), 'athanor-'));
    try {
      for (const [from, to] of [
        [first, second],
        [ours, theirs],
      ] as const) {
        const file = join(folder, 'state.safetensors');
        saveSafetensors(file, from.stateDict());
        const loaded = loadSafetensors(file);
        to.loadStateDict(loaded);
        dispose(...loaded.values());
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    const logits = (model: SmallGpt) =>
      scope(() => model.logits(makeBatch(model, 9)[0]).detach().toTypedArray());
    expect(logits(second)).toEqual(logits(first));
    for (let step = 5; step < 10; step++) {
      const loss = scope(() => trainStep(first, ours, step));
      expect(scope(() => trainStep(second, theirs, step))).toBe(loss);
    }
    dispose(first, second, ours, theirs);
  });
});

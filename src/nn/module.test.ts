/** What modules begin with, what training and evaluation change, and where their tensors are. */
import { beforeAll, expect, test } from 'vitest';
import {
  liveTensors,
  manualSeed,
  ones,
  scope,
  setNumThreads,
  type Tensor,
} from '../tensor/index.ts';
import {
  buffer,
  CausalSelfAttention,
  Dropout,
  FeedForward,
  gpt2Residual,
  gpt2Weight,
  type Initializer,
  Linear,
  linearDefault,
  Module,
  normal,
  onDevice,
  setPrecision,
  uniform,
} from './index.ts';

beforeAll(() => setNumThreads(1));

const deviation = (initializer: Initializer) =>
  scope(() => {
    manualSeed(5);
    const values = initializer([400, 250]);
    expect(Math.abs(values.mean().item())).toBeLessThan(0.02 * values.abs().max().item());
    return values.std().item();
  });

test.each([
  ['normal', normal(3), 3],
  ['uniform', uniform(0.6), 0.6 / Math.sqrt(3)],
  ['gpt2Weight', gpt2Weight, 0.02],
  ['gpt2Residual of 8 layers', gpt2Residual(8), 0.02 / 4],
  ['linearDefault of 25', linearDefault(25), 1 / 5 / Math.sqrt(3)],
])('%s has the deviation that it states', (_, initializer, expected) => {
  // Of 100,000 draws; its own deviation is 0.3 %.
  expect(deviation(initializer) / expected).toBeCloseTo(1, 1.7);
});

test('output projections can begin with values of their own', () => {
  const init = { initWeight: normal(1), initOutput: normal(1e-3) };
  const attention = new CausalSelfAttention({
    ...{ hiddenSize: 64, numHeads: 4, contextLength: 8 },
    ...init,
  });
  const feedForward = new FeedForward({ hiddenSize: 64, ...init });
  scope(() => {
    const spread = (weight: Tensor) => weight.std().item();
    for (const inner of [attention.queryKeyValue.weight, feedForward.up.weight]) {
      expect(spread(inner)).toBeGreaterThan(0.9);
    }
    for (const last of [attention.output.weight, feedForward.down.weight]) {
      expect(spread(last)).toBeLessThan(2e-3);
    }
  });
  for (const module of [attention, feedForward]) module.dispose();
});

test('Dropout drops its share while training, scales the rest, passes all in evaluation', () => {
  const dropout = new Dropout(0.25);
  scope(() => {
    manualSeed(1);
    const x = ones([100_000]);
    const dropped = dropout.forward(x).toTypedArray() as Float32Array;
    const zeros = dropped.filter((value) => value === 0).length;
    expect(zeros / dropped.length).toBeCloseTo(0.25, 2);
    expect(Math.max(...new Set(dropped))).toBeCloseTo(4 / 3, 6);
    expect(dropout.eval().forward(x).equal(x)).toBe(true);
  });
});

test('attention drops weights while training only', () => {
  const sizes = { hiddenSize: 8, numHeads: 2, contextLength: 8 };
  const attention = new CausalSelfAttention({ ...sizes, dropout: 0.5, initWeight: normal(1) });
  scope(() => {
    const x = ones([1, 8, 8]);
    const run = () => attention.forward(x).toArray();
    expect(run()).not.toEqual(run());
    attention.eval();
    expect(run()).toEqual(run());
  });
  attention.dispose();
});

class Counted extends Module {
  readonly inner = [new Linear({ inFeatures: 2, outFeatures: 3 })];
  readonly mean = buffer(ones([3]));

  forward(x: Tensor): Tensor {
    return this.inner.reduce((y, layer) => layer.forward(y), x).sub(this.mean);
  }
}

test('the names of a module are the paths of its fields, buffers only in its state', () => {
  const module = new Counted();
  expect([...module.parameters().keys()]).toEqual(['inner.0.weight', 'inner.0.bias']);
  expect([...module.stateDict().keys()]).toEqual(['inner.0.weight', 'inner.0.bias', 'mean']);
  expect(module.numParameters).toBe(9);
  expect([...module.eval().modules()].map(({ training }) => training)).toEqual([false, false]);
  module.dispose();
});

test('a module moves with its buffers, and its forward pass leaves only its result', () => {
  const module = new Counted();
  scope(() => {
    const x = ones([1, 2]);
    const numLive = liveTensors();
    module.forward(x);
    expect(liveTensors()).toBe(numLive + 1);
  });
  const numLive = liveTensors();
  module.to('meta');
  expect(liveTensors()).toBe(numLive);
  expect([...module.stateDict().values()].map(({ device }) => device)).toEqual(
    Array.from({ length: 3 }, () => 'meta'),
  );
  expect([...module.parameters().values()].every(({ requiresGrad }) => requiresGrad)).toBe(true);
  module.dispose();
});

test('setPrecision computes in bfloat16 from float32 parameters, which get float32 gradients', () => {
  const module = onDevice('cpu', () => new FeedForward({ hiddenSize: 8 }));
  setPrecision(module, 'bf16');
  scope(() => {
    const result = module.forward(ones([2, 8]));
    expect(result.dtype).toBe('bfloat16');
    result.sum().backward();
    for (const { dtype, grad } of module.parameters().values()) {
      expect([dtype, grad?.dtype]).toEqual(['float32', 'float32']);
    }
  });
  module.dispose();
});

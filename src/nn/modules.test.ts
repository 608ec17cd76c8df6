/**
 * Every module against PyTorch, forward and backward, in float32 and float64. The fixture
 * (tools/fixtures/nn.py wrote it) holds values that float32 holds and float64 results.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Dtype, grad, noGrad, scope, setNumThreads, Tensor } from '../tensor/index.ts';
import {
  type AttentionMask,
  CausalSelfAttention,
  type CausalSelfAttentionConfig,
  Embedding,
  FeedForward,
  type FeedForwardConfig,
  LayerNorm,
  Linear,
  type LinearConfig,
  type Module,
  type NormConfig,
  parameter,
  RmsNorm,
  Rope,
  tokenLoss,
} from './index.ts';
import { difference, restore, type Stored, weightsLike } from './testing/stored-tensor.ts';

interface Case {
  name: string;
  module: keyof typeof build;
  config: Record<string, unknown>;
  input: Stored;
  parameters: Record<string, Stored>;
  mask: Record<string, Stored>;
  result: Stored;
  gradients: Record<string, Stored>;
}

const fixture = new URL('./fixtures/modules.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: Case[] };

// The tensors are tiny: a second thread only waits, for long on a busy machine.
beforeAll(() => setNumThreads(1));

describe.each(['float32', 'float64'] as const)('%s', (dtype) => {
  test.each(cases)('$name', (item) => {
    const problems = scope(() => replay(item, dtype));
    expect(problems).toEqual([]);
  });
});

type Run = (input: Tensor, mask: Record<string, Tensor>) => Tensor;

/** Each gives the module, if there is one, and how to call it. */
const build = {
  Linear: (config: LinearConfig) => simple(new Linear(config)),
  Embedding: (config: ConstructorParameters<typeof Embedding>[0]) => simple(new Embedding(config)),
  LayerNorm: (config: NormConfig) => simple(new LayerNorm(config)),
  RmsNorm: (config: NormConfig) => simple(new RmsNorm(config)),
  FeedForward: (config: FeedForwardConfig) => simple(new FeedForward(config)),
  CausalSelfAttention: (config: CausalSelfAttentionConfig) => {
    const module = new CausalSelfAttention(config);
    return { module, run: (x: Tensor, mask: AttentionMask) => module.forward(x, { mask }) };
  },
  Rope: (config: { headSize: number; contextLength: number; start: number }) => {
    const module = new Rope(config);
    return { module, run: (x: Tensor) => module.forward(x, config.start) };
  },
  tokenLoss: (config: { reduction: 'mean' | 'sum' }) => {
    const weight = new Linear({ inFeatures: 12, outFeatures: 9, bias: false });
    const run = (x: Tensor, mask: Record<string, Tensor>) =>
      tokenLoss(x, weight.weight, mask.targets as Tensor, config);
    return { module: weight, run };
  },
};

function simple<M extends Module & { forward(x: Tensor): Tensor }>(module: M) {
  return { module, run: (x: Tensor) => module.forward(x) };
}

/** Runs one case and says how it differs from PyTorch. */
function replay(item: Case, dtype: 'float32' | 'float64'): string[] {
  const make = build[item.module] as (config: object) => { module: Module; run: Run };
  const { module, run } = make(item.config);
  try {
    convert(module, dtype);
    const parameters = module.parameters();
    expect([...parameters.keys()]).toEqual(Object.keys(item.parameters));
    noGrad(() => {
      for (const [name, target] of parameters) {
        target.copy_(restore(item.parameters[name] as Stored, dtype));
      }
    });
    const leaves = new Map(parameters);
    const isIds = item.module === 'Embedding';
    const input = restore(item.input, isIds ? 'int64' : dtype);
    if (!isIds) leaves.set('input', input);
    input.requiresGrad = !isIds;
    const result = run(input, restoreMask(item.mask));
    const names = [...leaves.keys()];
    const gradients = grad([result], [...leaves.values()], { gradients: [weightsLike(result)] });
    const problems = [difference('result', result, item.result, dtype)];
    for (const [i, name] of names.entries()) {
      const expected = item.gradients[name] as Stored;
      problems.push(difference(`gradient of ${name}`, gradients[i] ?? null, expected, dtype));
    }
    return problems.filter((problem) => problem !== undefined);
  } finally {
    module.dispose();
  }
}

/** Puts parameters of another dtype in the place of all of a module's. */
function convert(module: Module, dtype: Dtype): void {
  for (const part of module.modules()) {
    const fields = part as unknown as Record<string, unknown>;
    for (const [key, value] of Object.entries(fields)) {
      if (!(value instanceof Tensor) || !value.requiresGrad) continue;
      fields[key] = parameter(noGrad(() => value.to({ dtype, copy: true })));
      value.dispose();
    }
  }
}

function restoreMask(mask: Case['mask']): Record<string, Tensor> {
  const dtypeOf = (name: string) => (name === 'present' ? 'bool' : 'int64');
  const entries = Object.entries(mask);
  return Object.fromEntries(entries.map(([name, m]) => [name, restore(m, dtypeOf(name))]));
}

/** What LoRA adds, what it freezes, and that merging changes nothing but speed. */
import { beforeAll, describe, expect, test } from 'vitest';
import { backwardBySegments, trainableParameters } from '../../nn/index.ts';
import {
  liveTensors,
  manualSeed,
  noGrad,
  scope,
  setNumThreads,
  type Tensor,
  tensor,
} from '../../tensor/index.ts';
import {
  addLora,
  type Gpt,
  type GptConfig,
  HuggingFaceState,
  hasLora,
  type LoraConfig,
  mergeLora,
  removeLora,
  unmergeLora,
} from '../index.ts';
import { kinds, logitsOf, randomModel, tokens } from '../testing/random-model.ts';

beforeAll(() => setNumThreads(1));

const ids = () => tensor(tokens, { dtype: 'int64' });

/** As if it had been trained: B would be zero else. */
function randomizeAdapters(model: Gpt): void {
  manualSeed(8);
  noGrad(() => {
    for (const [name, parameter] of model.parameters()) {
      if (name.includes('.adapters.')) parameter.normal_(0, 0.3);
    }
  });
}

const weightsOf = (model: Gpt) => {
  using state = new HuggingFaceState(model);
  return [...state.stateDict()].map(([name, value]) => [name, value.toArray()]);
};

const largestDifference = (a: number[], b: number[]) =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? NaN))));

describe.each(Object.entries(kinds))('%s', (_, config: GptConfig) => {
  test('begins as the base, learns, merges to the same, unmerges to the same bits', () => {
    const numLive = liveTensors();
    const model = randomModel(config);
    const base = { logits: logitsOf(model), weights: weightsOf(model) };
    addLora(model, { rank: 3 });
    expect(logitsOf(model)).toEqual(base.logits);
    randomizeAdapters(model);
    const learned = logitsOf(model);
    expect(largestDifference(learned, base.logits)).toBeGreaterThan(0.1);
    mergeLora(model);
    expect(largestDifference(logitsOf(model), learned)).toBeLessThan(1e-4);
    mergeLora(model);
    expect(largestDifference(logitsOf(model), learned)).toBeLessThan(1e-4);
    unmergeLora(model);
    expect(weightsOf(model)).toEqual(base.weights);
    expect(logitsOf(model)).toEqual(learned);
    mergeLora(model);
    removeLora(model);
    expect(hasLora(model)).toBe(false);
    expect(largestDifference(logitsOf(model), learned)).toBeLessThan(1e-4);
    expect(trainableParameters(model)).toEqual(model.parameters());
    model.dispose();
    expect(liveTensors()).toBe(numLive);
  });

  test('gradient descent changes the adapters alone, and learns', () => {
    using model = randomModel(config);
    const base = weightsOf(model);
    addLora(model, { rank: 2, dropout: 0.1 });
    const names = [...trainableParameters(model).keys()];
    expect(names.every((name) => /\.adapters\.\d\.lora[AB]$/.test(name))).toBe(true);
    const losses = Array.from({ length: 40 }, () => descend(model, 0.2));
    expect(losses[39]).toBeLessThan((losses[0] ?? 0) * 0.9);
    expect(weightsOf(model)).toEqual(base);
  });
});

/** One step of plain gradient descent on all parameters that have a gradient. */
function descend(model: Gpt, learningRate: number): number {
  return scope(() => {
    const loss = model.loss(ids(), ids());
    loss.backward();
    noGrad(() => {
      for (const parameter of model.parameters().values()) {
        if (parameter.grad !== null) parameter.sub_(parameter.grad.mul(learningRate));
        parameter.grad = null;
      }
    });
    return loss.item();
  });
}

test('queries, keys and values have adapters of their own on one matrix', () => {
  using model = randomModel(kinds.qwen3 as GptConfig);
  addLora(model, { rank: 2, targets: ['q_proj', 'v_proj', 'mlp.down_proj'] });
  const { attention, feedForward } = model.blocks[1] as Gpt['blocks'][number];
  const { adapters, weight } = attention.queryKeyValue;
  expect(adapters.map(({ start, numRows }) => [start, numRows])).toEqual([
    [0, attention.partSizes[0]],
    [attention.partSizes[0] + attention.partSizes[1], attention.partSizes[2]],
  ]);
  expect(feedForward.down.adapters.length).toBe(1);
  expect([feedForward.up, attention.output].flatMap((linear) => linear.adapters)).toEqual([]);
  randomizeAdapters(model);
  const before = weight.toArray() as number[][];
  mergeLora(model);
  const changed = (weight.toArray() as number[][]).map(
    (row, i) => String(row) !== String(before[i]),
  );
  const [first, second] = adapters;
  expect(changed).toEqual(
    before.map((_, row) => row < (first?.numRows ?? 0) || row >= (second?.start ?? 0)),
  );
});

test.each<[string, LoraConfig, number]>([
  ['twice the rank by default', { rank: 4 }, 2],
  ['alpha / rank', { rank: 4, alpha: 6 }, 1.5],
  ['alpha / √rank', { rank: 4, alpha: 6, rankStabilized: true }, 3],
])('the update is scaled: %s', (_, config, scale) => {
  using model = randomModel(kinds.llama as GptConfig);
  addLora(model, { ...config, targets: ['o_proj'] });
  randomizeAdapters(model);
  const { weight, adapters } = (model.blocks[0] as Gpt['blocks'][number]).attention.output;
  scope(() => {
    const [adapter] = adapters;
    const before = weight.detach().clone();
    mergeLora(model);
    const update = weight.detach().sub(before);
    const product = adapter?.loraB.detach().matmul(adapter.loraA.detach());
    expect(
      update
        .sub(product?.mul(scale) ?? update)
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-5);
    unmergeLora(model);
  });
});

test('A has the spread of a new Linear, other adapters draw other values', () => {
  using model = randomModel({ ...(kinds.gpt2 as GptConfig), hiddenSize: 64 });
  manualSeed(1);
  addLora(model, { rank: 32 });
  const [first, second] = model.blocks.map(({ attention }) => attention.queryKeyValue.adapters[0]);
  scope(() => {
    const values = first?.loraA.detach().mul(Math.sqrt(64));
    expect(values?.abs().max().item()).toBeLessThanOrEqual(1);
    expect(values?.std().item()).toBeCloseTo(1 / Math.sqrt(3), 1);
    expect(first?.loraA.equal(second?.loraA as never)).toBe(false);
    expect(first?.loraB.detach().abs().max().item()).toBe(0);
  });
});

test('dropout is for training, and on the input of the adapter alone', () => {
  using model = randomModel(kinds.llama as GptConfig);
  addLora(model, { rank: 2, dropout: 0.5 });
  model.train();
  const plain = logitsOf(model);
  expect(logitsOf(model)).toEqual(plain);
  randomizeAdapters(model);
  expect(logitsOf(model)).not.toEqual(logitsOf(model));
  model.eval();
  expect(logitsOf(model)).toEqual(logitsOf(model));
});

test.each([false, true])('gradients by segments are the same; embeddings trained: %s', (all) => {
  using model = randomModel(kinds.qwen3 as GptConfig);
  addLora(model, { rank: 2, trainEmbeddings: all });
  const gradientsAfter = (backward: () => void) =>
    scope(() => {
      backward();
      return [...model.parameters()].map(([name, parameter]) => {
        const gradient = parameter.grad?.toArray() ?? null;
        parameter.grad = null;
        return [name, gradient];
      });
    });
  const plain = gradientsAfter(() => model.loss(ids(), ids()).backward());
  const numTrained = plain.filter(([, gradient]) => gradient !== null).length;
  expect(numTrained).toBe(2 * 7 * 2 + (all ? 1 : 0));
  const bySegments = gradientsAfter(() => {
    const lossOf = (hidden: Tensor) => model.lossOfHidden(hidden, ids());
    backwardBySegments(model.segments(tokens[0]?.length ?? 0), ids(), lossOf, 1n);
  });
  expect(bySegments).toEqual(plain);
});

test('embeddings train in full where that is asked for', () => {
  using model = randomModel(kinds.gpt2 as GptConfig);
  addLora(model, { rank: 2, targets: ['c_fc'], trainEmbeddings: true });
  const names = [...trainableParameters(model).keys()];
  const adapters = model.blocks.flatMap((_, i) =>
    ['A', 'B'].map((side) => `blocks.${i}.feedForward.up.adapters.0.lora${side}`),
  );
  expect(names).toEqual(['tokenEmbedding.weight', ...adapters, 'outputLayer.weight']);
});

test('what does not fit is refused, and leaves the model as it was', () => {
  using model = randomModel(kinds.gpt2 as GptConfig);
  const names = 'be one of c_attn, c_proj, c_fc, or all-linear for all of them';
  for (const targets of [['c_attn', 'q_proj'], ['attn'], ['']]) {
    expect(() => addLora(model, { rank: 2, targets })).toThrow(names);
  }
  expect(() => addLora(model, { rank: 2, targets: [] })).toThrow('got none at all');
  for (const rank of [0, -1, 1.5]) expect(() => addLora(model, { rank })).toThrow(/rank/);
  expect(() => addLora(model, { rank: 2, dropout: 1 })).toThrow(/dropout/);
  expect(() => addLora(model, { rank: 2, alpha: Number.NaN })).toThrow(/alpha/);
  expect([hasLora(model), trainableParameters(model).size]).toEqual([
    false,
    model.parameters().size,
  ]);
  addLora(model, { rank: 2 });
  expect(() => addLora(model, { rank: 2 })).toThrow(/without adapters/);
});

/** What optimizers refuse, before they change anything. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parameter } from '../nn/index.ts';
import { noGrad, ones, scope, setNumThreads, type Tensor, tensor } from '../tensor/index.ts';
import {
  AdamW,
  clipGradNorm,
  cosine,
  Ema,
  Muon,
  NonFiniteGradientError,
  OptimizerChain,
  wsd,
} from './index.ts';

let matrix: Tensor;
let vector: Tensor;
beforeAll(() => {
  setNumThreads(1);
  matrix = parameter(ones([2, 2]));
  vector = parameter(ones([2]));
});
afterAll(() => {
  for (const each of [matrix, vector]) each.dispose();
});

const named = (name: string, value: Tensor) => new Map([[name, value]]);

test.each([AdamW, Muon])('%o refuses empty groups, shared parameters, bad numbers', (Optimizer) => {
  const parameters = named('m', matrix);
  const make = (...groups: ConstructorParameters<typeof Optimizer>[0]) => new Optimizer(groups);
  expect(() => make({ parameters: new Map() })).toThrow(/parameter group 0 must hold at least one/);
  expect(() => make({ parameters }, { parameters: named('again', matrix) })).toThrow(
    /parameter again must be in one group, got also m/,
  );
  expect(() => make({ parameters, weightDecay: -1 })).toThrow(/weightDecay must .* got -1/);
  expect(() => make({ parameters, learningRateScale: Number.NaN })).toThrow(/Scale .* got NaN/);
  expect(() => new Optimizer([{ parameters }], { weightDecay: -1 })).toThrow(/weightDecay must/);
  const optimizer = make({ parameters });
  for (const rate of [-1e-3, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => optimizer.step(rate)).toThrow(
      /learningRate must be a finite number of at least 0/,
    );
  }
  expect(() => optimizer.loadStateDict(new Map())).toThrow(/missing: m\./);
  optimizer.dispose();
});

test('a parameter in two optimizers of a chain is refused', () => {
  const parameters = named('m', matrix);
  const [muon, adamw] = [new Muon([{ parameters }]), new AdamW([{ parameters }])];
  expect(() => new OptimizerChain({ muon, adamw })).toThrow(/parameter m must be in one group/);
  expect([...new OptimizerChain({ muon }).parameters.values()]).toEqual([matrix]);
  for (const each of [muon, adamw]) each.dispose();
});

test('numbers out of range are refused', () => {
  const parameters = named('v', vector);
  expect(() => new AdamW([{ parameters }], { betas: [0.9, 1] })).toThrow(/betas\[1\] must/);
  expect(() => new AdamW([{ parameters }], { betas: [-0.1, 0.9] })).toThrow(/betas\[0\] must/);
  expect(() => new AdamW([{ parameters }], { epsilon: -1 })).toThrow(/epsilon must/);
  expect(() => new Muon([{ parameters }])).toThrow(/parameter v of Muon must be a matrix/);
  expect(() => new Ema(parameters, 1)).toThrow(/Ema.decay must/);
  expect(() => cosine({ peak: -1, totalSteps: 1 })).toThrow(/schedule.peak must/);
  expect(() => cosine({ peak: 1, totalSteps: 2, warmupSteps: 3 })).toThrow(/warmupSteps must/);
  expect(() => wsd({ peak: 1, totalSteps: 2, decaySteps: 3 })).toThrow(/decaySteps must/);
});

test('an infinite maxNorm checks gradients and leaves them', () => {
  scope(() => {
    matrix.grad = tensor([
      [3e3, 4e3],
      [0, 0],
    ]);
    const values = matrix.grad.toArray();
    expect(clipGradNorm(named('m', matrix), Number.POSITIVE_INFINITY)).toBeCloseTo(5e3, 2);
    expect(matrix.grad?.toArray()).toEqual(values);
    matrix.grad = null;
  });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('a gradient of %s is refused by name', (bad) => {
  const parameters = new Map([
    ['good', matrix],
    ['blocks.3.bias', vector],
  ]);
  scope(() => {
    matrix.grad = tensor([
      [3, 4],
      [0, 0],
    ]);
    vector.grad = tensor([1, bad]);
    const clip = () => clipGradNorm(parameters, Number.POSITIVE_INFINITY);
    expect(clip).toThrow(NonFiniteGradientError);
    expect(clip).toThrow(/NaN or infinity in blocks\.3\.bias\n/);
    expect(matrix.grad?.toArray()).toEqual([
      [3, 4],
      [0, 0],
    ]);
    noGrad(() =>
      expect(matrix.toArray()).toEqual([
        [1, 1],
        [1, 1],
      ]),
    );
    for (const each of [matrix, vector]) each.grad = null;
  });
});

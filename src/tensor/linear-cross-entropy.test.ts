import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { count } from '../../tests/tier.ts';
import { TensorError } from '../base/index.ts';
import {
  type Dtype,
  empty,
  grad,
  linear,
  linearCrossEntropy,
  manualSeed,
  randint,
  randn,
  scope,
  setNumThreads,
  type Tensor,
  tensor,
} from './index.ts';

const mean = 1;
const sum = 2;

interface Problem {
  numTokens: number;
  hiddenSize: number;
  vocabSize: number;
  reduction: number;
  chunkSize: number;
  ignoreIndex: number;
  /** Of how many tokens, from the first, the target is `ignoreIndex`. */
  numIgnored: number;
  /** Which of input and weight want a gradient. */
  wants: readonly [boolean, boolean];
  seed: number;
}

const usual: Problem = {
  numTokens: 5,
  hiddenSize: 3,
  vocabSize: 4,
  reduction: mean,
  chunkSize: 0,
  ignoreIndex: -100,
  numIgnored: 1,
  wants: [true, true],
  seed: 1,
};

const anyProblem: fc.Arbitrary<Problem> = fc.record({
  numTokens: fc.integer({ min: 0, max: 7 }),
  hiddenSize: fc.integer({ min: 1, max: 5 }),
  vocabSize: fc.integer({ min: 1, max: 6 }),
  reduction: fc.constantFrom(mean, sum),
  chunkSize: fc.integer({ min: 0, max: 9 }),
  ignoreIndex: fc.constantFrom(-100, -1, 0, 2, 1_000_000),
  numIgnored: fc.integer({ min: 0, max: 7 }),
  wants: fc.constantFrom([true, true], [true, false], [false, true]),
  seed: fc.nat(),
});

// The tensors are tiny: a second thread only waits, for long on a busy machine.
beforeAll(() => setNumThreads(1));

describe('linearCrossEntropy', () => {
  test.each<[Dtype, number]>([
    ['float64', 1e-12],
    ['float32', 1e-5],
  ])('is cross entropy of linear in %s, forward and backward', (dtype, tolerance) => {
    const property = fc.property(anyProblem, (problem) => {
      scope(() => {
        const operands = make(problem, dtype);
        const ours = lossAndGradients(problem, operands, fused);
        const theirs = lossAndGradients(problem, operands, composed);
        ours.forEach((value, i) => {
          expect(errorOf(value, theirs[i] as Tensor)).toBeLessThanOrEqual(tolerance);
        });
      });
    });
    fc.assert(property, { numRuns: count({ test: 200, pr: 2_000, slow: 50_000 }) });
  });

  test.each<[string, Partial<Problem>]>([
    ['the mean', {}],
    ['the sum', { reduction: sum }],
    ['one token at a time', { chunkSize: 1 }],
    ['chunks that do not divide the tokens', { chunkSize: 3 }],
    ['one chunk', { chunkSize: 5 }],
    ['chunks larger than the tokens', { chunkSize: 100 }],
    ['an ignored id of the vocabulary', { ignoreIndex: 2 }],
    ['nothing ignored', { numIgnored: 0 }],
    ['all ignored but one', { numIgnored: 4, chunkSize: 2 }],
    ['everything ignored', { numIgnored: 5, reduction: sum }],
    ['the input alone', { wants: [true, false] }],
    ['the weight alone', { wants: [false, true] }],
  ])('has the gradient that finite differences give: %s', (_, changes) => {
    scope(() => {
      const problem = { ...usual, ...changes };
      const operands = make(problem, 'float64');
      const [, ...gradients] = lossAndGradients(problem, operands, fused);
      const wanted = [operands.input, operands.weight].filter((_, i) => problem.wants[i]);
      wanted.forEach((leaf, i) => {
        const slopes = finiteDifferences(leaf, () => fused(problem, operands).item());
        expect(errorOf(gradients[i] as Tensor, slopes)).toBeLessThan(1e-8);
      });
    });
  });

  test('targets at both ends of the vocabulary', () => {
    scope(() => {
      const { input, weight } = make({ ...usual, numTokens: 2 }, 'float64');
      const target = tensor([0, 3], { dtype: 'int64' });
      const expected = linear(input, weight).crossEntropyLoss(target).item();
      expect(linearCrossEntropy(input, weight, target).item()).toBeCloseTo(expected, 12);
    });
  });

  test('the mean of nothing is NaN, its gradient 0, as in PyTorch', () => {
    scope(() => {
      const problem = { ...usual, numIgnored: usual.numTokens };
      const [loss, ...gradients] = lossAndGradients(problem, make(problem, 'float64'), fused);
      expect(loss?.item()).toBeNaN();
      expect(gradients.map((gradient) => gradient.abs().sum().item())).toEqual([0, 0]);
    });
  });

  test('the gradient is scaled by what comes after', () => {
    scope(() => {
      const { input, weight, target } = make(usual, 'float64');
      const [once] = grad([linearCrossEntropy(input, weight, target)], [weight]);
      const [scaled] = grad([linearCrossEntropy(input, weight, target).mul(-2.5)], [weight]);
      expect(errorOf(scaled as Tensor, (once as Tensor).mul(-2.5))).toBeLessThan(1e-14);
    });
  });

  test('a constant weight or input gets no gradient', () => {
    scope(() => {
      const { input, weight, target } = make({ ...usual, wants: [false, true] }, 'float32');
      linearCrossEntropy(input, weight, target).backward();
      expect([input.grad, weight.grad?.shape]).toEqual([null, [4, 3]]);
      expect(linearCrossEntropy(input, weight.detach(), target).requiresGrad).toBe(false);
    });
  });

  test('refuses to be differentiated twice', () => {
    scope(() => {
      const { input, weight, target } = make(usual, 'float64');
      const loss = linearCrossEntropy(input, weight, target);
      expect(() => grad([loss], [weight], { createGraph: true })).toThrow(/no second derivative/);
    });
  });

  test('multiplies in bfloat16 when asked to, and gives the dtype of its input', () => {
    scope(() => {
      const sizes = { numTokens: 64, hiddenSize: 32, vocabSize: 50, chunkSize: 24 };
      const problem = { ...usual, ...sizes, reduction: sum };
      const operands = make(problem, 'float32');
      const inBfloat16 = ({ reduction, chunkSize }: Problem, given: Operands) =>
        call(given, { computeDtype: 'bfloat16', reduction, chunkSize });
      const exact = lossAndGradients(problem, operands, composed);
      const errors = lossAndGradients(problem, operands, inBfloat16).map((value, i) => {
        expect(value.dtype).toBe('float32');
        return errorOf(value, exact[i] as Tensor);
      });
      expect(Math.max(...errors)).toBeLessThan(2e-2);
      expect(Math.min(...errors.slice(1)), 'float32 would be closer').toBeGreaterThan(1e-4);
    });
  });

  test('on meta it has a shape, a dtype and gradients', () => {
    scope(() => {
      const input = empty([4096, 768], { device: 'meta' });
      const weight = empty([50_257, 768], { device: 'meta' });
      const target = empty([4096], { device: 'meta', dtype: 'int64' });
      const loss = linearCrossEntropy(input, weight, target);
      expect([loss.shape, loss.dtype, loss.device]).toEqual([[], 'float32', 'meta']);
      weight.requiresGrad = true;
      linearCrossEntropy(input, weight, target).backward();
      expect(weight.grad?.shape).toEqual([50_257, 768]);
    });
  });

  const ids = (values: number[], dtype: Dtype = 'int64') => ({ target: tensor(values, { dtype }) });

  test.each<[string, RegExp, (operands: Operands) => Partial<Operands>, Options?]>([
    ['an id beyond the vocabulary', /ids from 0 to 3/, () => ids([0, 1, 2, 3, 4])],
    ['a negative id', /ids from 0 to 3/, () => ids([0, 1, 2, 3, -1])],
    ['int32 targets', /target must be int64/, () => ids([0, 1, 2, 3, 0], 'int32')],
    ['float targets', /target must be int64/, () => ids([0, 1, 2, 3, 0], 'float32')],
    ['a missing target', /\(5 against 4\)/, () => ids([0, 1, 2, 3])],
    ['a target of two dimensions', /\[tokens/, (o) => ({ target: o.target.unsqueeze(0) })],
    ['an input of three dimensions', /\[tokens/, (o) => ({ input: o.input.unsqueeze(0) })],
    ['another hidden size', /\(2 against 3\)/, (o) => ({ input: o.input.narrow(1, 0, 2) })],
    ['two dtypes', /same floating/, (o) => ({ weight: o.weight.to({ dtype: 'float64' }) })],
    ['integers', /same floating/, (o) => ({ input: o.input.to({ dtype: 'int64' }) })],
    ['an empty vocabulary', /at least one row/, (o) => ({ weight: o.weight.narrow(0, 0, 0) })],
    ['two devices', /one device/, (o) => ({ target: o.target.to({ device: 'meta' }) })],
    ['no reduction', /reduction must be 1 \(mean\) or 2/, () => ({}), { reduction: 0 }],
    ['an unknown reduction', /reduction must be/, () => ({}), { reduction: 3 }],
    ['a negative chunk', /chunk_size must not be negative/, () => ({}), { chunkSize: -1 }],
    ['half a chunk', /chunk_size must be an integer/, () => ({}), { chunkSize: 0.5 }],
    ['an integer compute dtype', /floating dtype/, () => ({}), { computeDtype: 'int64' }],
  ])('refuses %s', (_, message, change, options) => {
    for (const wantsGradient of [true, false]) {
      const attempt = () =>
        scope(() => {
          const operands = make({ ...usual, wants: [wantsGradient, wantsGradient] }, 'float32');
          call({ ...operands, ...change(operands) }, options);
        });
      expect(attempt).toThrow(TensorError);
      expect(attempt).toThrow(message);
    }
  });
});

interface Operands {
  input: Tensor;
  weight: Tensor;
  target: Tensor;
}

/** Random operands; ids start anywhere, but are ignored where the problem says so. */
function make(problem: Problem, dtype: Dtype): Operands {
  const { numTokens, hiddenSize, vocabSize, numIgnored, ignoreIndex, wants, seed } = problem;
  manualSeed(seed);
  const input = randn([numTokens, hiddenSize], { dtype });
  const weight = randn([vocabSize, hiddenSize], { dtype });
  const target = randint(vocabSize, [numTokens]);
  target.narrow(0, 0, Math.min(numIgnored, numTokens)).fill_(ignoreIndex);
  [input.requiresGrad, weight.requiresGrad] = wants;
  return { input, weight, target };
}

type Options = Parameters<typeof linearCrossEntropy>[3];

function call({ input, weight, target }: Operands, options?: Options): Tensor {
  return linearCrossEntropy(input, weight, target, options);
}

function fused({ reduction, ignoreIndex, chunkSize }: Problem, operands: Operands): Tensor {
  return call(operands, { reduction, ignoreIndex, chunkSize });
}

function composed({ reduction, ignoreIndex }: Problem, { input, weight, target }: Operands) {
  return linear(input, weight).crossEntropyLoss(target, null, reduction, ignoreIndex);
}

/** The loss, and its gradients by those of input and weight that want one. */
function lossAndGradients(problem: Problem, operands: Operands, loss: typeof fused): Tensor[] {
  const leaves = [operands.input, operands.weight].filter((_, i) => problem.wants[i]);
  const value = loss(problem, operands);
  return [value.detach(), ...grad([value], leaves)] as Tensor[];
}

/** Central differences by each element of a leaf. */
function finiteDifferences(leaf: Tensor, value: () => number): Tensor {
  const step = 1e-5;
  const flat = leaf.detach().view([-1]);
  const slopes = Float64Array.from({ length: leaf.numElements }, (_, i) => {
    const element = flat.select(0, i);
    element.add_(step);
    const above = value();
    element.sub_(2 * step);
    const below = value();
    element.add_(step);
    return (above - below) / (2 * step);
  });
  return tensor(slopes, { shape: leaf.shape });
}

/** The largest difference, relative to the largest magnitude and at least to 1; NaN equals NaN. */
function errorOf(actual: Tensor, expected: Tensor): number {
  expect(actual.shape).toEqual(expected.shape);
  if (actual.numElements === 0) return 0;
  if (actual.isnan().all().item() && expected.isnan().all().item()) return 0;
  return actual.sub(expected).abs().max().item() / Math.max(expected.abs().max().item(), 1);
}

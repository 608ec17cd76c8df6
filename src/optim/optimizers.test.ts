/** Optimizers, clipping and schedules against PyTorch; tools/fixtures/optim.py wrote the fixture. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parameter } from '../nn/index.ts';
import { liveTensors, scope, setNumThreads, type Tensor, tensor, zeros } from '../tensor/index.ts';
import {
  AdamW,
  clipGradNorm,
  cosine,
  Ema,
  linear,
  Muon,
  type MuonConfig,
  type Schedule,
  splitByDim,
  wsd,
} from './index.ts';

interface Stored {
  shape: number[];
  values: number[];
}

interface Run {
  name: string;
  kind: 'adamw' | 'muon';
  options: MuonConfig;
  initial: Record<string, Stored>;
  final: Record<string, Stored>;
}

interface Fixture {
  rate: number;
  steps: number;
  runs: Run[];
  clips: { maxNorm: number; norm: number; gradients: Record<string, Stored> }[];
  schedules: Record<string, number[]>;
}

const file = new URL('./fixtures/optimizers.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as Fixture;

beforeAll(() => setNumThreads(1));

test.each(fixture.runs)('$name: 20 steps', ({ kind, options, initial, final }) => {
  const parameters = new Map(
    Object.entries(initial).map(([name, { shape, values }]) => [
      name,
      parameter(tensor(Float32Array.from(values), { shape })),
    ]),
  );
  const optimizer =
    kind === 'muon' ? new Muon([{ parameters }], options) : new AdamW(twoGroups(parameters));
  for (let step = 0; step < fixture.steps; step++) {
    scope(() => {
      for (const [which, value] of [...parameters.values()].entries()) {
        value.grad = gradient(value.shape, step, which);
      }
      optimizer.step(fixture.rate);
    });
  }
  // Twenty roundings to 8 bits in another order of additions, each times the rate.
  const allowed = options.computeDtype === 'bfloat16' ? 5e-3 : 1e-5;
  for (const [name, expected] of Object.entries(final)) {
    const actual = parameters.get(name) as Tensor;
    expect(relativeError(actual, expected.values), name).toBeLessThan(allowed);
  }
  optimizer.zeroGrad();
  for (const owner of [optimizer, ...parameters.values()]) owner.dispose();
});

test.each(fixture.clips)('clipGradNorm to $maxNorm', ({ maxNorm, norm, gradients }) => {
  scope(() => {
    const parameters = new Map(
      Object.entries(gradients).map(([name, { shape }], which) => {
        const value = zeros(shape);
        value.requiresGrad = true;
        value.grad = gradient(shape, 3, which);
        return [name, value];
      }),
    );
    expect(clipGradNorm(parameters, maxNorm) / norm).toBeCloseTo(1, 6);
    for (const [name, expected] of Object.entries(gradients)) {
      const clipped = parameters.get(name)?.grad as Tensor;
      expect(relativeError(clipped, expected.values), name).toBeLessThan(1e-5);
    }
  });
});

describe('schedules', () => {
  const config = { peak: 1, totalSteps: 40, final: 0.1 };
  const schedules: Record<string, Schedule> = {
    cosine: cosine(config),
    linear: linear(config),
    wsd: wsd({ ...config, warmupSteps: 10, decaySteps: 10 }),
  };
  test.each(Object.entries(fixture.schedules))('%s', (name, rates) => {
    for (const [step, rate] of rates.entries()) {
      expect(schedules[name]?.(step), `step ${step}`).toBeCloseTo(rate, 9);
    }
  });

  test('warm up in a straight line to the peak, and stay at the final rate', () => {
    const schedule = cosine({ ...config, warmupSteps: 4 });
    expect([0, 1, 2, 3, 4].map(schedule)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect([40, 1000].map(schedule)).toEqual([0.1, 0.1]);
  });
});

test('an average follows its definition, and swaps in and out', () => {
  const value = parameter(tensor([1, 2]));
  const ema = new Ema(new Map([['value', value]]), 0.75);
  scope(() => {
    value.detach().mul_(3);
    ema.update();
    value.detach().mul_(3);
    ema.update();
    // 0.75 · (0.75 · 1 + 0.25 · 3) + 0.25 · 9
    expect(ema.swapped(() => value.toArray())).toEqual([3.375, 6.75]);
    expect(value.toArray()).toEqual([9, 18]);
  });
  const numLive = liveTensors();
  ema.swapped(() => {});
  expect(liveTensors()).toBe(numLive);
  for (const owner of [ema, value]) owner.dispose();
});

/** The rate of vectors is half that of matrices, and they do not decay. */
function twoGroups(parameters: ReadonlyMap<string, Tensor>) {
  const [matrices, vectors] = splitByDim(parameters, 2);
  return [
    { parameters: matrices, weightDecay: 0.1 },
    { parameters: vectors, weightDecay: 0, learningRateScale: 0.5 },
  ];
}

function gradient(shape: readonly number[], step: number, which: number): Tensor {
  const length = shape.reduce((product, size) => product * size, 1);
  const at = (i: number) => (((i * 37 + step * 53 + which * 17 + i * i * step) % 101) - 50) / 64;
  return tensor(
    Float32Array.from({ length }, (_, i) => at(i)),
    { shape },
  );
}

/** The largest difference, relative to the largest magnitude. */
function relativeError(actual: Tensor, expected: readonly number[]): number {
  const errors = [...actual.toTypedArray()].map((x, i) => Math.abs(Number(x) - (expected[i] ?? 0)));
  return Math.max(...errors) / Math.max(...expected.map(Math.abs));
}

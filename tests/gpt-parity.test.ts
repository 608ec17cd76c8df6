/** 200 steps of a small GPT, from the weights and data of tools/fixtures/nn_gpt.py. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AdamW, decayMatricesOnly } from '../src/optim/index.ts';
import { noGrad, scope, setNumThreads, type Tensor } from '../src/tensor/index.ts';
import { SmallGpt, trainStep } from './small-gpt.ts';

const file = new URL('../src/nn/fixtures/gpt-losses.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as {
  learningRate: number;
  losses: number[];
};

test('the losses are those of PyTorch', () => {
  setNumThreads(1);
  const model = new SmallGpt();
  const parameters = model.parameters();
  for (const [which, parameter] of [...parameters.values()].entries()) {
    if (parameter.dim === 2) fill(parameter, which);
  }
  const optimizer = new AdamW(decayMatricesOnly(parameters, 0.1));
  const losses = fixture.losses.map((_, step) =>
    scope(() => trainStep(model, optimizer, step, fixture.learningRate)),
  );
  for (const owner of [model, optimizer]) owner.dispose();
  const errors = losses.map((loss, step) => Math.abs(loss - (fixture.losses[step] ?? Number.NaN)));
  // Rounding grows with the steps: at first there is almost none.
  expect(Math.max(...errors.slice(0, 10))).toBeLessThan(1e-5);
  expect(Math.max(...errors)).toBeLessThan(1e-3);
  expect(losses.at(-1)).toBeLessThan(2.5);
});

function fill(parameter: Tensor, which: number): void {
  const values = Float32Array.from({ length: parameter.numElements }, (_, i) => {
    const mixed = (i * 7919 + which * 104729 + 12345) % 65521;
    return (((mixed * mixed) % 65521) / 65521 - 0.5) * 0.08;
  });
  noGrad(() => parameter.copyFrom(values));
}

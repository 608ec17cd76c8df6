/** One training step: forward, backward, clip, AdamW, on the same random tokens again and again. */
import type { Precision } from '../../src/nn/index.ts';
import { AdamW, clipGradNorm, decayMatricesOnly } from '../../src/optim/index.ts';
import {
  type Device,
  keep,
  manualSeed,
  profileOperators,
  randint,
  scope,
} from '../../src/tensor/index.ts';
import type { StepProfile } from '../harness/index.ts';
import { BenchGpt, type SizeName, sizes } from './gpt.ts';

export interface Training {
  /** Trains so many steps and answers the last loss. */
  run(numSteps: number): number;
  dispose(): void;
}

export function prepareTraining(
  sizeName: SizeName,
  precision: Precision,
  device: Device,
): Training {
  manualSeed(1);
  const size = sizes[sizeName];
  const model = new BenchGpt(size, precision).to(device);
  const parameters = model.parameters();
  const optimizer = new AdamW(decayMatricesOnly(parameters, 0.1));
  const shape = [size.batchSize, size.contextLength];
  const draw = () => scope(() => keep(randint(size.vocabSize, shape, { device })));
  const [tokens, targets] = [draw(), draw()];
  const step = () => {
    const loss = model.forward(tokens, targets);
    loss.backward();
    clipGradNorm(parameters, 1);
    optimizer.step(3e-4);
    optimizer.zeroGrad();
    return loss.item();
  };
  return {
    run: (numSteps) => Array.from({ length: numSteps }, () => scope(step)).at(-1) ?? Number.NaN,
    dispose() {
      for (const tensor of [tokens, targets]) tensor.dispose();
      model.dispose();
      optimizer.dispose();
    },
  };
}

/** Where the time of so many steps goes, after two that warm up. */
export function profileTraining(
  sizeName: SizeName,
  precision: Precision,
  device: Device,
  numSteps: number,
): StepProfile {
  const training = prepareTraining(sizeName, precision, device);
  try {
    training.run(2);
    const start = performance.now();
    const operators = profileOperators(() => training.run(numSteps));
    return { numSteps, milliseconds: performance.now() - start, operators };
  } finally {
    training.dispose();
  }
}

/**
 * Fits a two-layer network to y = sin(x) with raw tensors: forward, backward and gradient descent
 * by hand. The mean squared error ends below 0.001, and every tensor is freed.
 */
import { liveTensors, manualSeed, noGrad, randn, scope, type Tensor } from 'athanor/tensor';

/** The mean squared error after training. */
export function fitTwoLayers(numSteps = 2000, learningRate = 0.1): number {
  return scope(() => {
    manualSeed(1);
    const x = randn([64, 1]);
    const y = x.sin();
    const [w1, b1, w2] = [randn([1, 32]), randn([32]), randn([32, 1]).mul_(0.1)];
    for (const weight of [w1, b1, w2]) weight.requiresGrad = true;

    const descend = (weight: Tensor) => {
      if (weight.grad !== null) weight.sub_(weight.grad, { alpha: learningRate });
      weight.grad = null;
    };
    // A scope for each step frees what the step made; the weights live in the scope around it.
    const step = () => {
      const error = x.matmul(w1).add(b1).tanh().matmul(w2).mseLoss(y);
      error.backward();
      noGrad(() => [w1, b1, w2].forEach(descend));
      return error.item();
    };
    return Array.from({ length: numSteps }, () => scope(step)).at(-1) ?? Number.NaN;
  });
}

console.log(`mean squared error ${fitTwoLayers().toFixed(6)}, ${liveTensors()} tensors alive`);

/**
 * Fits a two-layer network to y = sin(3x) with raw tensors: forward, backward and gradient descent
 * by hand. The mean squared error ends below 0.001, and every tensor is freed.
 */
import {
  linspace,
  liveTensors,
  manualSeed,
  noGrad,
  randn,
  scope,
  type Tensor,
} from 'athanor/tensor';

const numSteps = 1000;
const learningRate = 0.1;

export function fitTwoLayers(): number {
  return scope(() => {
    manualSeed(1);
    const x = linspace(-1, 1, 64).unsqueeze(1); // [64, 1]
    const y = x.mul(3).sin();
    const weights = [randn([1, 32]).mul_(2), randn([32]), randn([32, 1]).mul_(0.1), randn([1])];
    for (const weight of weights) weight.requiresGrad = true;
    const [w1, b1, w2, b2] = weights as [Tensor, Tensor, Tensor, Tensor];

    // A scope for each step frees what the step made; the weights live in the scope around it.
    const step = () => {
      const error = x.matmul(w1).add(b1).tanh().matmul(w2).add(b2).mseLoss(y);
      error.backward();
      noGrad(() => weights.forEach(descend));
      return error.item();
    };
    return Array.from({ length: numSteps }, () => scope(step)).at(-1) ?? Number.NaN;
  });
}

function descend(weight: Tensor): void {
  if (weight.grad !== null) weight.sub_(weight.grad, { alpha: learningRate });
  weight.grad = null;
}

console.log(`mean squared error ${fitTwoLayers().toFixed(6)}, ${liveTensors()} tensors alive`);

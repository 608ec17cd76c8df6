import { dropout, type Tensor } from '../tensor/index.ts';
import { checkProbability } from './check.ts';
import { Module } from './module.ts';

/**
 * While training, sets each element to zero with a probability and scales the others so that the
 * mean stays (Srivastava et al. 2014). Draws from the default generator.
 */
export class Dropout extends Module {
  readonly probability: number;

  constructor(probability: number) {
    super();
    checkProbability('Dropout.probability', probability);
    this.probability = probability;
  }

  /** Any shape, unchanged. */
  forward(x: Tensor): Tensor {
    const drops = this.training && this.probability > 0;
    return drops ? dropout(x, this.probability, true) : x;
  }
}

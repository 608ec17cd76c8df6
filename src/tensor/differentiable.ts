/** What differentiation adds to a tensor: gradients, and the operations they come from. */
import { OperatorMethods } from './generated/methods.ts';
import { handleOf, wrap } from './handle.ts';
import { native } from './native.ts';
import type { Tensor } from './tensor.ts';

/** The part of Tensor that talks to LibTorch's autograd engine. */
export abstract class DifferentiableTensor extends OperatorMethods {
  /** Whether operations on it are recorded for {@link backward}. Only float tensors can. */
  get requiresGrad(): boolean {
    return native().requiresGrad(handleOf(this));
  }

  set requiresGrad(value: boolean) {
    native().setRequiresGrad(handleOf(this), value);
  }

  /** True for a tensor that no recorded operation made, such as a parameter. */
  get isLeaf(): boolean {
    return native().isLeaf(handleOf(this));
  }

  /** The gradient that `backward` accumulated here, or null. Each read is a tensor of its own. */
  get grad(): Tensor | null {
    const handle = native().getGrad(handleOf(this));
    return handle === null ? null : wrap<Tensor>(handle);
  }

  set grad(value: Tensor | null) {
    native().setGrad(handleOf(this), value === null ? null : handleOf(value));
  }

  /** Makes `backward` keep the gradient of this result, which it otherwise frees. */
  retainGrad(): this {
    native().retainGrad(handleOf(this));
    return this;
  }

  /**
   * Adds the derivative of this tensor to `grad` of every leaf that it was computed from.
   * @param gradient the derivative of what comes after, of this tensor's shape; may be left out
   *   for a tensor with one element.
   */
  backward(
    gradient?: Tensor,
    options: { retainGraph?: boolean; createGraph?: boolean } = {},
  ): void {
    const { createGraph = false, retainGraph = createGraph } = options;
    const gradients = gradient === undefined ? null : [handleOf(gradient, 'backward.gradient')];
    native().backward([handleOf(this)], gradients, retainGraph, createGraph);
  }

  /** The name of the operation that made it and will differentiate it, such as `AddBackward0`. */
  get gradFunction(): string | null {
    return native().gradientFunction(handleOf(this));
  }
}

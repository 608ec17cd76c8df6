/** Derivatives as values, for what `Tensor.backward` does not do. */
import { handleOf, wrap } from './handle.ts';
import { native } from './native.ts';
import type { Tensor } from './tensor.ts';

export interface GradOptions {
  /** The derivative of what comes after each output; ones for outputs with one element. */
  gradients?: readonly (Tensor | null)[];
  /** Keeps the recorded graph, so that it can be differentiated again. */
  retainGraph?: boolean;
  /** Records the differentiation itself, for second derivatives. */
  createGraph?: boolean;
}

/**
 * The derivatives of `outputs` with respect to `inputs`, one for each input and of its shape;
 * `grad` of leaves is not touched. An input that does not affect any output gets null.
 */
export function grad(
  outputs: readonly Tensor[],
  inputs: readonly Tensor[],
  options: GradOptions = {},
): (Tensor | null)[] {
  const { gradients, createGraph = false, retainGraph = createGraph } = options;
  const handles = native().gradients(
    outputs.map((output) => handleOf(output, 'grad.outputs')),
    inputs.map((input) => handleOf(input, 'grad.inputs')),
    gradients?.map((gradient) => (gradient === null ? null : handleOf(gradient))) ?? null,
    retainGraph,
    createGraph,
    true,
  );
  return handles.map((handle) => (handle === null ? null : wrap<Tensor>(handle)));
}

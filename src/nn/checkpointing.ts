/**
 * Gradient checkpointing (Chen et al. 2016, arXiv 1604.06174): memory for one segment of a model
 * instead of all, for one more forward pass. Explicit, because the backward pass cannot call
 * JavaScript: segments run forward without a graph, then each again with one, last to first.
 */
import { keep, manualSeed, noGrad, scope, type Tensor } from '../tensor/index.ts';

/** A part of a model whose intermediate results need not be kept. */
export type Segment = (x: Tensor) => Tensor;

/**
 * Adds the gradients of `loss(segments(input))` to the parameters, and to `input.grad` when the
 * input requires a gradient.
 *
 * @param seed dropout in segment i draws from seed + i, in both passes
 * @returns the loss
 */
export function backwardBySegments(
  segments: readonly Segment[],
  input: Tensor,
  loss: Segment,
  seed: bigint,
): number {
  const inputs = [keep(input.detach())];
  try {
    forwardWithoutGraph(segments, inputs, seed);
    return scope(() => backwardFromLoss(segments, inputs, loss, seed, input));
  } finally {
    for (const boundary of inputs) boundary.dispose();
  }
}

/** Appends the output of each segment, without history: the input of the next and of the loss. */
function forwardWithoutGraph(segments: readonly Segment[], inputs: Tensor[], seed: bigint): void {
  for (const [i, segment] of segments.entries()) {
    manualSeed(seed + BigInt(i));
    inputs.push(keep(noGrad(() => scope(() => segment(inputs[i] as Tensor)))));
  }
}

function backwardFromLoss(
  segments: readonly Segment[],
  inputs: readonly Tensor[],
  loss: Segment,
  seed: bigint,
  input: Tensor,
): number {
  const last = leaf(inputs[segments.length] as Tensor);
  const value = loss(last);
  value.backward();
  let gradient = last.grad;
  for (let i = segments.length - 1; i >= 0 && gradient !== null; i--) {
    gradient = segmentBackward(
      segments[i] as Segment,
      inputs[i] as Tensor,
      gradient,
      seed + BigInt(i),
    );
  }
  if (input.requiresGrad && gradient !== null) accumulate(input, gradient);
  return value.item();
}

function segmentBackward(
  segment: Segment,
  input: Tensor,
  gradient: Tensor,
  seed: bigint,
): Tensor | null {
  return scope(() => {
    const start = leaf(input);
    manualSeed(seed);
    const result = segment(start);
    // Before the first parameter that is trained, as with frozen embeddings, there is nothing to do.
    if (result.requiresGrad) result.backward(gradient);
    return start.grad;
  });
}

/** The same values as a new leaf of the graph. Token ids have no gradient. */
function leaf(values: Tensor): Tensor {
  const fresh = values.detach();
  fresh.requiresGrad = fresh.dtype.includes('float');
  return fresh;
}

function accumulate(input: Tensor, gradient: Tensor): void {
  input.grad = input.grad === null ? gradient : noGrad(() => input.grad?.add(gradient) ?? gradient);
}

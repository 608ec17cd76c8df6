/** Initial values of parameters. Each draws from the default generator: seed it first. */
import { type Device, empty, ones, type Tensor, zeros } from '../tensor/index.ts';

/** How a tensor of a given shape gets its first values. */
export type Initializer = (shape: readonly number[]) => Tensor;

let device: Device = 'cpu';

/** Where initializers put tensors. */
export function initDevice(): Device {
  return device;
}

/**
 * Builds modules on a device: on `meta` a model has its shapes and no memory, so that 175 billion
 * parameters fit on a laptop.
 */
export function onDevice<T>(wanted: Device, build: () => T): T {
  const before = device;
  device = wanted;
  try {
    return build();
  } finally {
    device = before;
  }
}

let draws = true;

/** Builds modules whose weights will be loaded: nothing is drawn, and they hold arbitrary values. */
export function withoutInit<T>(build: () => T): T {
  const before = draws;
  draws = false;
  try {
    return build();
  } finally {
    draws = before;
  }
}

/** Values from N(0, std²). */
export function normal(std: number): Initializer {
  return (shape) => fill(shape, (values) => values.normal_(0, std));
}

/** Values from U(-bound, bound). */
export function uniform(bound: number): Initializer {
  return (shape) => fill(shape, (values) => values.uniform_(-bound, bound));
}

function fill(shape: readonly number[], draw: (values: Tensor) => Tensor): Tensor {
  const values = empty(shape, { device });
  return draws ? draw(values) : values;
}

export const zero: Initializer = (shape) => zeros(shape, { device });

export const one: Initializer = (shape) => ones(shape, { device });

/** Weights of GPT-2: N(0, 0.02²) (Radford et al. 2019; OpenAI's released code). */
export const gpt2Weight = normal(0.02);

/**
 * Weights of the layers that write into the residual stream: N(0, (0.02 / √(2L))²), so that the
 * variance of the stream does not grow with the number of layers L (Radford et al. 2019, §2.3).
 */
export function gpt2Residual(numLayers: number): Initializer {
  return normal(0.02 / Math.sqrt(2 * numLayers));
}

/** PyTorch's default for `nn.Linear`: U(-1/√fanIn, 1/√fanIn). */
export function linearDefault(fanIn: number): Initializer {
  return uniform(1 / Math.sqrt(fanIn));
}

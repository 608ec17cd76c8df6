/**
 * Weights as decoding wants them. One new position multiplies a vector with every matrix of the
 * model, so its time is that of reading them: half as many bytes take half as long. Shapes: O out, I in.
 */
import { buffer, computeDtype, Linear, type Module, type Precision } from '../nn/index.ts';
import { type Dtype, noGrad, scope, type Tensor } from '../tensor/index.ts';

/** What of a Linear is exchanged. */
interface Weights {
  weight: Tensor;
  bias: Tensor | null;
  computeDtype: Dtype;
}

/**
 * Copies of the weights of a model's Linear layers in the dtype that they are multiplied in; the
 * other parameters stay float32. For rollouts of a model that is being trained: its own parameters
 * stay as they are. A model that will only generate is better off with {@link prepareForInference}.
 */
export class InferenceWeights {
  readonly #layers: { linear: Linear; copy: Weights }[];

  constructor(model: Module, precision: Precision) {
    const linears = [...model.modules()].filter((part) => part instanceof Linear);
    this.#layers = linears.map((linear) => ({ linear, copy: copyWeights(linear, precision) }));
  }

  /** Runs `body`, which must be synchronous, with the copies in place of the parameters. */
  use<T>(body: () => T): T {
    const own = this.#layers.map(({ linear, copy }) => exchange(linear, copy));
    try {
      return body();
    } finally {
      for (const [i, { linear }] of this.#layers.entries()) exchange(linear, own[i] as Weights);
    }
  }

  /** Copies the parameters again, after training has changed them. Not inside `use`. */
  refresh(): void {
    noGrad(() => {
      for (const { linear, copy } of this.#layers) {
        copy.weight.copy_(linear.weight);
        if (linear.bias !== null) copy.bias?.copy_(linear.bias);
      }
    });
  }

  dispose(): void {
    for (const { copy } of this.#layers) disposeWeights(copy);
  }
}

/**
 * Exchanges the weights of a model's Linear layers for such copies for good and frees them where
 * nothing else uses them, as a tied embedding does. The model can no longer be trained.
 */
export function prepareForInference(model: Module, precision: Precision = 'auto'): void {
  const parts = [...model.modules()];
  const others = parts.filter((part) => !(part instanceof Linear));
  const stillUsed = new Set(others.flatMap((part) => Object.values(part)));
  for (const linear of parts.filter((part) => part instanceof Linear)) {
    const own = exchange(linear, copyWeights(linear, precision));
    if (!stillUsed.has(own.weight)) own.weight.dispose();
    own.bias?.dispose();
  }
  model.eval();
}

/** In the layout [O, I] or, where the kernel reads that faster, as the transpose of [I, O]. */
function copyWeights({ weight, bias }: Linear, precision: Precision): Weights {
  const dtype = computeDtype(precision, weight.device);
  const isTransposed = dtype === 'float32' && weight.device === 'cpu';
  const cast = (tensor: Tensor) => tensor.to({ dtype, copy: true });
  return noGrad(() => ({
    weight: scope(() => {
      const copy = isTransposed ? weight.t().contiguous().clone().t() : cast(weight);
      return buffer(copy);
    }),
    bias: bias === null ? null : scope(() => buffer(cast(bias))),
    computeDtype: dtype,
  }));
}

function exchange(linear: Linear, { weight, bias, computeDtype }: Weights): Weights {
  const before = { weight: linear.weight, bias: linear.bias, computeDtype: linear.computeDtype };
  Object.assign(linear, { weight, bias, computeDtype });
  return before;
}

function disposeWeights({ weight, bias }: Weights): void {
  weight.dispose();
  bias?.dispose();
}

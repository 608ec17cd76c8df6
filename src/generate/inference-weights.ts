/**
 * Weights as decoding wants them. One new position multiplies a vector with every matrix of the
 * model, so its time is that of reading them: half as many bytes take half as long. Shapes: O out, I in.
 */
import { buffer, computeDtype, Linear, type Module, type Precision } from '../nn/index.ts';
import { buildInfo, isTensor, noGrad, scope, type Tensor, zeros } from '../tensor/index.ts';

/** What of a Linear is exchanged: its weights, or the order in which they are read. */
type Weights = Pick<Linear, 'weight' | 'bias' | 'computeDtype'>;
type Packed = Pick<Linear, 'packed' | 'computeDtype'>;

/**
 * Copies of the weights of a model's Linear layers in the dtype that they are multiplied in; the
 * other parameters stay float32. For rollouts of a model that is being trained: its own parameters
 * stay as they are. A model that will only generate is better off with {@link prepareForInference}.
 */
export class InferenceWeights {
  readonly #layers: { linear: Linear; copy: Weights | Packed }[];

  constructor(model: Module, precision: Precision) {
    const linears = [...model.modules()].filter((part) => part instanceof Linear);
    const copied = (linear: Linear) =>
      canPack(linear.weight, precision) ? pack(linear) : copyWeights(linear, precision);
    this.#layers = linears.map((linear) => ({ linear, copy: copied(linear) }));
  }

  /** Runs `body`, which must be synchronous, with the copies in place of the parameters. */
  use<T>(body: () => T): T {
    const own = this.#layers.map(({ linear, copy }) => exchange(linear, copy));
    try {
      return body();
    } finally {
      for (const [i, { linear }] of this.#layers.entries()) Object.assign(linear, own[i]);
    }
  }

  /** Copies the parameters again, after training has changed them. Not inside `use`. */
  refresh(): void {
    noGrad(() => {
      for (const { linear, copy } of this.#layers) {
        if ('packed' in copy) copy.packed?.packLinear_(linear.weight);
        else {
          copy.weight.copy_(linear.weight);
          if (linear.bias !== null) copy.bias?.copy_(linear.bias);
        }
      }
    });
  }

  dispose(): void {
    for (const { copy } of this.#layers) {
      for (const tensor of Object.values(copy)) if (isTensor(tensor)) tensor.dispose();
    }
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
    const { weight, bias } = exchange(linear, copyWeights(linear, precision));
    if (!stillUsed.has(weight)) weight.dispose();
    bias?.dispose();
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

/** @returns what was there */
function exchange<T extends Weights | Packed>(linear: Linear, copy: T): T {
  const keys = Object.keys(copy) as (keyof Linear)[];
  const before = Object.fromEntries(keys.map((key) => [key, linear[key]]));
  Object.assign(linear, copy);
  return before as T;
}

/** Measured where processors have AVX2; with wider vectors LibTorch's own product is another one. */
function canPack({ device }: Tensor, precision: Precision): boolean {
  const { cpuCapability } = buildInfo();
  return (
    computeDtype(precision, device) === 'float32' && device === 'cpu' && cpuCapability === 'AVX2'
  );
}

function pack({ weight }: Linear): Packed {
  const [numOut = 0, numIn = 0] = weight.shape;
  const shape = [Math.ceil(numOut / panelWidth), numIn, panelWidth];
  const packed = scope(() => buffer(zeros(shape, { dtype: weight.dtype }).packLinear_(weight)));
  return { packed, computeDtype: 'float32' };
}

/** Outputs that `packedLinear` reads together. */
const panelWidth = 16;

/** The Tensor: LibTorch's, as a JavaScript object. */
import { inspect } from 'node:util';
import { TensorError } from '../base/index.ts';
import type { Handle } from './addon.ts';
import { call, Operator } from './call.ts';
import type { Device } from './device.ts';
import { DifferentiableTensor } from './differentiable.ts';
import { bytesPerElement, type Dtype, dtypeCode, dtypeOfCode, type TensorData } from './dtype.ts';
import { readElements } from './elements.ts';
import { handleOf, setTensorClass, wrap } from './handle.ts';
import { native } from './native.ts';
import { type Nested, nest, toNumber } from './nested.ts';
import { printTensor } from './print.ts';

/** What a tensor is converted to; what is left out stays as it is. */
export interface ToOptions {
  dtype?: Dtype;
  device?: Device;
  /** Copies even where nothing changes. */
  copy?: boolean;
}

const toDtypeLayout = new Operator('to.dtype_layout');

/**
 * An n-dimensional array on a device, with LibTorch's operators as methods (the list is
 * operators.ts). Tensors are made by `tensor`, `zeros`, `randn`, … and freed by the `scope` they
 * were made in, by `dispose()`, or by `using`. Methods throw {@link TensorError}.
 */
export class Tensor extends DifferentiableTensor {
  #info: { shape: readonly number[]; dtype: Dtype; device: Device } | undefined;

  /** Sizes of the dimensions; `[]` for a scalar. */
  get shape(): readonly number[] {
    return this.#describe().shape;
  }

  get dtype(): Dtype {
    return this.#describe().dtype;
  }

  get device(): Device {
    return this.#describe().device;
  }

  /** The number of dimensions. */
  get dim(): number {
    return this.shape.length;
  }

  /** The number of elements. */
  get numElements(): number {
    return this.shape.reduce((product, size) => product * size, 1);
  }

  /** The bytes of all elements, without what views share. */
  get numBytes(): number {
    return this.numElements * bytesPerElement[this.dtype];
  }

  /**
   * The size of one dimension; a negative one counts from the end.
   * @throws TensorError when there is no such dimension.
   */
  size(dim: number): number {
    const size = this.shape.at(dim);
    if (size !== undefined && Number.isInteger(dim)) return size;
    throw new TensorError({
      what: 'size.dim',
      must: `be from ${-this.dim} to ${this.dim - 1} for a tensor of ${this.dim} dimensions`,
      got: String(dim),
    });
  }

  /** The tensor itself when nothing changes, otherwise a copy of another dtype or device. */
  to({ dtype, device, copy = false }: ToOptions): Tensor {
    const self = handleOf(this);
    const result = call(
      toDtypeLayout,
      self,
      dtypeCode(dtype ?? this.dtype),
      undefined,
      device ?? this.device,
      undefined,
      undefined,
      copy,
    );
    return wrap<Tensor>(result);
  }

  /**
   * The value of a tensor with one element.
   * @throws TensorError for another number of elements, and for an int64 beyond 2^53.
   */
  item(): number {
    return Number(native().tensorItem(handleOf(this)));
  }

  /**
   * All elements as numbers in nested arrays of this tensor's shape; booleans for bool.
   * @throws TensorError for an int64 beyond 2^53, which a number would round.
   */
  toArray(): Nested<number | boolean> {
    const { shape, dtype } = this;
    return nest(readElements(this), shape, (element) => toNumber(element, dtype));
  }

  /**
   * All elements in row-major order, as a copy in the typed array of this dtype: float16 and
   * bfloat16 as their bits in a Uint16Array, bool in a Uint8Array, int64 in a BigInt64Array.
   */
  toTypedArray(): TensorData {
    return native().toTypedArray(handleOf(this)) as TensorData;
  }

  /** Overwrites all elements in place; `data` as {@link toTypedArray} gives it. CPU only. */
  copyFrom(data: TensorData): this {
    native().copyFromTypedArray(handleOf(this), data);
    return this;
  }

  /** Reads like PyTorch's. */
  override toString(): string {
    return printTensor(this);
  }

  [inspect.custom](): string {
    return this.isDisposed ? 'Tensor(disposed)' : this.toString();
  }

  #describe() {
    this.#info ??= readInfo(handleOf(this));
    return this.#info;
  }
}

/** Whether a value is a tensor, disposed or not. */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

setTensorClass((handle: Handle) => new Tensor(handle));

function readInfo(handle: Handle) {
  const [dtype, device, ...shape] = native().tensorInfo(handle);
  return { shape: Object.freeze(shape), dtype: dtypeOfCode(dtype), device: device as Device };
}

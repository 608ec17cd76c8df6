/**
 * The private number inside every tensor, and how generated operators reach it.
 *
 * A tensor made while a scope is open belongs to that scope. One made outside every scope belongs
 * to whoever holds it; if they lose it without `dispose()`, the garbage collector frees it, and
 * V8 is told how much memory hangs on such objects so that it runs in time.
 */
import { inspect } from 'node:util';
import { TensorError } from '../base/index.ts';
import type { Handle } from './addon.ts';
import { bytesPerElement, dtypeOfCode } from './dtype.ts';
import { native, onDisposedTensor } from './native.ts';

/** Memory that only the garbage collector would free. */
interface Watch {
  handle: Handle;
  sizeBytes: number;
}

// Set by the class below: the only code that can see a tensor's private fields.
let readHandle: (value: object) => Handle | undefined;
let watchTensor: (tensor: TensorHandle) => void;
let construct: (handle: Handle) => TensorHandle;
let numOpenScopes = 0;
let origins: Map<Handle, string> | undefined;

/** The base of Tensor: holds the handle and nothing else. */
export abstract class TensorHandle {
  readonly #handle: Handle;
  #watch: Watch | undefined;

  constructor(handle: Handle) {
    this.#handle = handle;
    if (origins !== undefined) origins.set(handle, new Error().stack ?? '');
  }

  /** Frees the tensor's memory now, unless views or the autograd graph still need it. */
  dispose(): void {
    if (this.#watch !== undefined) unwatch(this, this.#watch);
    this.#watch = undefined;
    native().disposeTensor(this.#handle);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** True once the tensor was disposed, by hand or by its scope. */
  get isDisposed(): boolean {
    return !native().isAlive(this.#handle);
  }

  static {
    readHandle = (value) => (#handle in value ? value.#handle : undefined);
    watchTensor = (tensor) => {
      tensor.#watch ??= startWatch(tensor, tensor.#handle);
    };
  }
}

/** Names the class that {@link wrap} makes; tensor.ts calls it once. */
export function setTensorClass(make: (handle: Handle) => TensorHandle): void {
  construct = make;
}

/** The tensor object of a handle that the addon has just given out. */
export function wrap<T extends TensorHandle>(handle: unknown): T {
  const tensor = construct(handle as Handle) as T;
  if (numOpenScopes === 0) watchTensor(tensor);
  return tensor;
}

/**
 * The handle of a tensor argument.
 * @throws TensorError naming `what` when the value is no tensor.
 */
export function handleOf(value: unknown, what = 'the argument'): Handle {
  const handle = typeof value === 'object' && value !== null ? readHandle(value) : undefined;
  if (handle !== undefined) return handle;
  throw new TensorError({ what, must: 'be a tensor', got: inspect(value, { depth: 0 }) });
}

/** Whether a value is a tensor, disposed or not. */
export function hasHandle(value: unknown): value is TensorHandle {
  return typeof value === 'object' && value !== null && readHandle(value) !== undefined;
}

/** Tells {@link wrap} that a scope was opened (+1) or closed (-1). */
export function countScope(change: 1 | -1): void {
  numOpenScopes += change;
}

/** Gives a tensor that left every scope to the garbage collector's care. */
export function watch(tensor: TensorHandle): void {
  watchTensor(tensor);
}

/**
 * Remembers where each tensor is made, so that an error about a disposed one can say it. Slow:
 * a stack trace for every tensor. For debugging only.
 */
export function traceTensors(enabled: boolean): void {
  origins = enabled ? new Map() : undefined;
}

/** Tensors alive in this thread. Equal before and after a piece of work that leaks nothing. */
export function liveTensors(): number {
  return native().liveTensors();
}

const registry = new FinalizationRegistry<Watch>(({ handle, sizeBytes }) => {
  native().disposeTensor(handle);
  native().adjustExternalMemory(-sizeBytes);
});

function startWatch(tensor: TensorHandle, handle: Handle): Watch {
  const [dtype, device, ...shape] = native().tensorInfo(handle);
  const perElement = device === 'cpu' ? bytesPerElement[dtypeOfCode(dtype)] : 0;
  const sizeBytes = shape.reduce((product, size) => product * size, perElement);
  native().adjustExternalMemory(sizeBytes);
  const held = { handle, sizeBytes };
  registry.register(tensor, held, tensor);
  return held;
}

function unwatch(tensor: TensorHandle, held: Watch): void {
  registry.unregister(tensor);
  native().adjustExternalMemory(-held.sizeBytes);
}

onDisposedTensor((handle) => {
  const stack = origins?.get(handle);
  if (stack !== undefined)
    return `\n  made${stack.slice(stack.indexOf('\n')).replace(/\n\s*/g, '\n    ')}`;
  return '\n  hint: traceTensors(true) makes this error say where the tensor was made';
});

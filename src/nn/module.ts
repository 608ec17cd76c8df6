/**
 * The base of everything with weights.
 *
 * A module declares what it owns as fields: parameters (`parameter(tensor)`), buffers
 * (`buffer(tensor)`), modules, and arrays of modules. Names are the paths of fields:
 * `blocks.0.attention.query.weight`. A class is abstract or final: nobody overrides a concrete
 * method, see final.ts. To write one, look at linear.ts.
 */
import { ConfigError } from '../base/index.ts';
import { type Device, noGrad, scope, type Tensor } from '../tensor/index.ts';
import {
  buffer,
  derived,
  namedOwners,
  parameter,
  registerFieldOwner,
  type TensorField,
  tensorFields,
} from './fields.ts';
import { checkFinal } from './final.ts';
import { copyState, type StateDict } from './state.ts';

export abstract class Module {
  #training = true;

  constructor() {
    checkFinal(Object.getPrototypeOf(this) as object, Module.prototype, ['tiedPaths']);
    registerFieldOwner(this);
    // A scope for each call: only what `forward` returns and what the autograd graph keeps
    // outlives it. Without it, a training step holds every intermediate tensor twice.
    const body = this.forward;
    this.forward = (...inputs) => scope(() => body.apply(this, inputs));
  }

  /** What the module computes; shapes in the docstring of each subclass. */
  abstract forward(...inputs: never[]): unknown;

  /**
   * Paths at which a parameter of another path appears again on purpose, such as an output layer
   * that shares the embedding. Subclasses that tie weights set it.
   */
  protected tiedPaths(): readonly string[] {
    return [];
  }

  /** This module and all below it. */
  *modules(): Generator<Module> {
    yield this;
    for (const [, child] of this.#children()) yield* child.modules();
  }

  /** True while training: dropout drops. */
  get training(): boolean {
    return this.#training;
  }

  /** Switches this module and all below between training and evaluation. */
  train(training = true): this {
    for (const part of this.modules()) part.#training = training;
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /**
   * Trainable tensors by path, each once.
   * @throws ConfigError for a parameter found at two paths that are not declared as tied.
   */
  parameters(): Map<string, Tensor> {
    return this.#named('parameter');
  }

  /** Parameters and buffers by path: what a checkpoint stores. The tensors are the live ones. */
  stateDict(): Map<string, Tensor> {
    return new Map([...this.#named('parameter'), ...this.#named('buffer')]);
  }

  /**
   * Copies saved values into this module's tensors, all or none.
   * @throws ConfigError that lists every missing, unexpected and misshapen tensor.
   */
  loadStateDict(state: StateDict): void {
    copyState(this.stateDict(), state);
  }

  /** The number of trainable values. */
  get numParameters(): number {
    return [...this.parameters().values()].reduce((sum, p) => sum + p.numElements, 0);
  }

  /** Moves all parameters and buffers. Build the optimizer after, not before. */
  to(device: Device): this {
    const moved = new Map<Tensor, Tensor>();
    for (const field of tensorFields(this)) field.replace(moveOnce(field, device, moved));
    for (const [before, after] of moved) if (before !== after) before.dispose();
    return this;
  }

  /** Frees every parameter and buffer. */
  dispose(): void {
    for (const { tensor } of tensorFields(this)) tensor.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #named(role: TensorField['role']): Map<string, Tensor> {
    const tied = new Set(this.#tiedBelow(''));
    const first = new Map<Tensor, string>();
    for (const { path, tensor, role: found } of tensorFields(this)) {
      if (found !== role || tied.has(path)) continue;
      refuseSharing(first.get(tensor), path);
      first.set(tensor, path);
    }
    return new Map([...first].map(([tensor, path]) => [path, tensor]));
  }

  *#tiedBelow(prefix: string): Generator<string> {
    for (const path of this.tiedPaths()) yield prefix + path;
    for (const [path, child] of this.#children()) yield* child.#tiedBelow(`${prefix}${path}.`);
  }

  #children(): Iterable<[string, Module]> {
    return namedOwners(this) as Iterable<[string, Module]>;
  }
}

function refuseSharing(earlier: string | undefined, path: string): void {
  if (earlier === undefined) return;
  throw new ConfigError({
    what: `the parameter at ${path}`,
    must: 'be one of its own, or be named in tiedPaths()',
    got: `the tensor of ${earlier}`,
  });
}

/** Tied parameters stay tied: each tensor moves once. */
function moveOnce(field: TensorField, device: Device, moved: Map<Tensor, Tensor>): Tensor {
  const { tensor, role } = field;
  const known = moved.get(tensor);
  if (known !== undefined) return known;
  const copy = noGrad(() => tensor.to({ device, copy: true }));
  const after = { parameter, buffer, derived }[role](copy);
  after.requiresGrad = tensor.requiresGrad;
  moved.set(tensor, after);
  return after;
}

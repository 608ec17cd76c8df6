/** What the fields of a module are: parameters, buffers, other modules. */
import { ConfigError } from '../base/index.ts';
import { isTensor, keep, type Tensor } from '../tensor/index.ts';

/** Trained; saved; or derived from the config, so neither. */
export type Role = 'parameter' | 'buffer' | 'derived';

const roles = new WeakMap<Tensor, Role>();

/** Makes a tensor a parameter: kept alive by its module, and differentiated. */
export function parameter(initial: Tensor): Tensor {
  const kept = keep(initial);
  kept.requiresGrad = true;
  roles.set(kept, 'parameter');
  return kept;
}

/** Makes a tensor a buffer: kept and saved with its module, not trained. */
export function buffer(initial: Tensor): Tensor {
  const kept = keep(initial);
  roles.set(kept, 'buffer');
  return kept;
}

/** Makes a tensor that moves with its module but is computed again instead of saved. */
export function derived(initial: Tensor): Tensor {
  const kept = keep(initial);
  roles.set(kept, 'derived');
  return kept;
}

function roleOf(tensor: Tensor): Role | undefined {
  return roles.get(tensor);
}

/** A tensor in a field, and where it is. */
export interface TensorField {
  /** `blocks.0.attention.query.weight` */
  path: string;
  role: Role;
  tensor: Tensor;
  /** Puts another tensor in its place. */
  replace(other: Tensor): void;
}

/** Every tensor below an object, depth first, in the order in which fields were assigned. */
export function* tensorFields(owner: object, prefix = ''): Generator<TensorField> {
  for (const [key, value] of Object.entries(owner)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (isTensor(value)) {
      yield { path, role: checkRole(value, path), tensor: value, replace: replacer(owner, key) };
    } else if (Array.isArray(value) || isFieldOwner(value)) {
      yield* tensorFields(value, path);
    }
  }
}

const owners = new WeakSet<object>();

/** Lets {@link tensorFields} look into an object; modules register themselves. */
export function registerFieldOwner(owner: object): void {
  owners.add(owner);
}

function isFieldOwner(value: unknown): value is object {
  return typeof value === 'object' && value !== null && owners.has(value);
}

/** The modules directly below an object, by path. */
export function* namedOwners(owner: object, prefix = ''): Generator<[string, object]> {
  for (const [key, value] of Object.entries(owner)) {
    if (isFieldOwner(value)) yield [prefix + key, value];
    else if (Array.isArray(value)) yield* namedOwners(value, `${prefix}${key}.`);
  }
}

function replacer(owner: object, key: string): (other: Tensor) => void {
  return (other) => {
    (owner as Record<string, unknown>)[key] = other;
  };
}

function checkRole(tensor: Tensor, path: string): Role {
  const role = roleOf(tensor);
  if (role !== undefined) return role;
  throw new ConfigError({
    what: `the tensor in field ${path}`,
    must: 'be made with parameter(…), buffer(…) or derived(…)',
    got: 'a tensor whose scope may free it',
  });
}

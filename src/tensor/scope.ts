/** Who owns a tensor: scopes free what was made in them, `keep` hands a tensor to its holder. */
import { types } from 'node:util';
import { TensorError } from '../base/index.ts';
import type { Handle } from './addon.ts';
import { countScope, handleOf, hasHandle, type TensorHandle, watch } from './handle.ts';
import { native } from './native.ts';

/**
 * Runs `body` and frees every tensor made in it, in one native call, except those reachable from
 * what it returns (tensors; arrays, plain objects, Maps, Sets and disposable holders of them):
 * these move to the scope around this one. Tensors made before are not touched. When `body`
 * throws, everything made in it is freed.
 *
 * @throws TensorError when `body` returns a promise or a generator, for the scope would end
 *   before they run.
 */
export function scope<T>(body: () => T): T {
  open();
  let result: T;
  try {
    result = body();
    if (!hasHandle(result)) refuseSuspended(result, 'scope');
  } catch (error) {
    close(null);
    throw error;
  }
  if (hasHandle(result)) {
    // What the scopes of modules return, dozens of times for each token.
    if (close([handleOf(result)]).length > 0) watch(result);
    return result;
  }
  const survivors = new Map<Handle, TensorHandle>();
  collect(result, survivors, new Set());
  const escaped = close(survivors.size === 0 ? null : [...survivors.keys()]);
  for (const handle of escaped) watch(survivors.get(handle) as TensorHandle);
  return result;
}

/**
 * Takes a tensor out of its scope: from now on it lives until its holder disposes of it. This is
 * how state lives: parameters, optimizer moments, caches.
 */
export function keep<T extends TensorHandle>(tensor: T): T {
  native().releaseTensor(handleOf(tensor, 'keep'));
  watch(tensor);
  return tensor;
}

/**
 * Runs `body` without recording operations for differentiation.
 * @throws TensorError when `body` returns a promise or a generator.
 */
export function noGrad<T>(body: () => T): T {
  const before = native().setGradEnabled(false);
  try {
    const result = body();
    refuseSuspended(result, 'noGrad');
    return result;
  } finally {
    native().setGradEnabled(before);
  }
}

function open(): void {
  native().beginScope();
  countScope(1);
}

function close(survivors: readonly Handle[] | null): Handle[] {
  countScope(-1);
  return native().endScope(survivors);
}

function refuseSuspended(result: unknown, name: string): void {
  if (!types.isPromise(result) && !types.isGeneratorObject(result) && !isThenable(result)) return;
  // Otherwise its rejection, sure to come once its tensors are gone, would end the process.
  if (types.isPromise(result)) result.catch(() => {});
  throw new TensorError({
    what: `the function given to ${name}`,
    must: 'finish before it returns',
    got: types.isGeneratorObject(result) ? 'a generator' : 'a promise',
    hint: `await outside, and open a ${name} in each synchronous piece`,
  });
}

function isThenable(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}

/** Gathers the tensors reachable from a returned value. */
function collect(value: unknown, found: Map<Handle, TensorHandle>, seen: Set<object>): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  if (hasHandle(value)) {
    found.set(handleOf(value), value);
    return;
  }
  seen.add(value);
  for (const child of children(value)) collect(child, found, seen);
}

/** What a container holds. Other class instances are opaque, unless they say they own things. */
function children(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value;
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain || Symbol.dispose in value ? Object.values(value) : [];
}

/** Random calls of what `athanor/tensor` exports, with values that its types would refuse. */
import { inspect } from 'node:util';
import type { SeededRandom } from '../../../src/base/index.ts';
import * as athanor from '../../../src/tensor/index.ts';
import type { Argument, Operator } from './addon.ts';
import type { ArgumentMaker } from './arguments.ts';
import { dtypes } from './tensors.ts';
import { garbage } from './values.ts';

/** A call that is made later, so that it can be recorded before. */
export interface PreparedCall {
  text: string;
  run: () => unknown;
}

type Callable = (...values: unknown[]) => unknown;

const hiddenKinds = new Set(['layout', 'memoryFormat', 'generator']);

/** The public form of an operator: a method of its first tensor, or a function. */
export function prepareOperator(
  operator: Operator,
  maker: ArgumentMaker,
  random: SeededRandom,
): PreparedCall {
  const base = operator.name.replace(/^.*::|\..*$/g, '');
  const name = base.replace(/^_/, '').replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const shown = operator.arguments.filter(
    ({ kind, name }) => !hiddenKinds.has(kind) && name !== 'pin_memory',
  );
  const valueFor = (argument: Argument) => publicValue(argument, operator.name, maker, random);
  const positional = shown.filter(({ keywordOnly }) => !keywordOnly).map(valueFor);
  const options = Object.fromEntries(
    shown
      .filter(({ keywordOnly }) => keywordOnly)
      .map((argument) => [argument.name, valueFor(argument)]),
  );
  const values = random.next() < 0.5 ? [...positional, options] : positional;
  const [self, ...others] = values;
  const method = athanor.isTensor(self) ? Reflect.get(self, name) : undefined;
  if (typeof method === 'function') return prepare(name, method, others, self);
  const exported = Reflect.get(athanor, name) ?? Reflect.get(athanor.Tensor.prototype, name);
  return prepare(name, exported as Callable, values);
}

/** Anything else that is public: properties, conversions, scopes, derivatives. */
export function prepareOther(maker: ArgumentMaker, random: SeededRandom): PreparedCall {
  const names = Object.keys(others);
  const name = random.pick(names);
  const value = random.next() < maker.hostility ? garbage(random) : publicTensor(random);
  return { text: `${name}(${show(value)})`, run: () => others[name]?.(value as never, random) };
}

const others: Record<string, (value: athanor.Tensor, random: SeededRandom) => unknown> = {
  shape: (value) => value.shape,
  item: (value) => value.item(),
  toArray: (value) => value.toArray(),
  toTypedArray: (value) => value.toTypedArray(),
  toString: (value: athanor.Tensor) => value.toString(),
  inspect: (value) => inspect(value),
  size: (value, random) => value.size(random.int(9) - 4),
  to: (value, random) => value.to(garbage(random) as athanor.ToOptions),
  copyFrom: (value, random) => value.copyFrom(garbage(random) as athanor.TensorData),
  backward: (value, random) => value.backward(garbage(random) as athanor.Tensor),
  setGrad: (value, random) => {
    value.grad = random.pick([value, publicTensor(random), garbage(random) as athanor.Tensor]);
  },
  grad: (value) => value.grad,
  requiresGrad: (value) => {
    value.requiresGrad = true;
  },
  derivative: (value) => athanor.grad([value.mul(value).sum()], [value], { createGraph: true }),
  gradOfGarbage: (value, random) => athanor.grad([value], garbage(random) as athanor.Tensor[]),
  disposeTwice: (value) => [value.dispose(), value.dispose()],
  useAfterDispose: (value) => [value.dispose(), value.add(value)],
  scope: (value, random) => athanor.scope(() => [value.neg(), garbage(random)]),
  scopeOfPromise: (value) => athanor.scope(async () => value.neg()),
  scopeThatThrows: (value) => athanor.scope(() => value.neg().reshape([7, 7, 7])),
  noGrad: (_value, random) => athanor.noGrad(garbage(random) as () => void),
  keep: (value) => athanor.keep(value.neg()).dispose(),
  tensor: (value, random) => athanor.tensor(garbage(random) as number, value as object),
  manualSeed: (value) => athanor.manualSeed(value as never),
  borrowedMethod: (value, random) =>
    Reflect.apply(athanor.Tensor.prototype.add, garbage(random), [value]),
};

function prepare(name: string, method: Callable, values: unknown[], self?: unknown): PreparedCall {
  const text = `${name}(${[self, ...values].map(show).join(', ')})`;
  return { text, run: () => Reflect.apply(method, self, values) };
}

function publicValue(
  argument: Argument,
  operator: string,
  maker: ArgumentMaker,
  random: SeededRandom,
): unknown {
  if (random.next() < maker.hostility) return garbage(random);
  if (argument.optional && random.next() < 0.5) return undefined;
  if (argument.kind === 'Tensor') return publicTensor(random, maker.shape(operator));
  if (argument.kind.startsWith('Tensor')) {
    return Array.from({ length: random.int(4) }, () => publicTensor(random, maker.shape(operator)));
  }
  if (argument.kind === 'dtype') return random.pick(dtypes);
  return maker.argument(argument, operator, 0);
}

/** A tensor made the public way, of any dtype; one in ten is disposed or on `meta`. */
function publicTensor(random: SeededRandom, shape: readonly number[] = [2]): athanor.Tensor {
  const numElements = shape.reduce((product, size) => product * size, 1);
  const data = Float32Array.from({ length: numElements }, () => random.int(5) - 1);
  const device = random.next() < 0.05 ? 'meta' : 'cpu';
  const dtype = random.next() < 0.6 ? 'float32' : random.pick(dtypes);
  const made = athanor.tensor(data, { shape, device, dtype: dtype as athanor.Dtype });
  if (dtype === 'float32' && random.next() < 0.3) made.requiresGrad = true;
  if (random.next() < 0.05) made.dispose();
  return made;
}

function show(value: unknown): string {
  if (athanor.isTensor(value)) {
    return value.isDisposed ? 'a disposed tensor' : `${value.dtype}[${value.shape}]`;
  }
  return inspect(value, { depth: 1, maxArrayLength: 8, maxStringLength: 60, breakLength: 1000 });
}

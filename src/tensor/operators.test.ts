/**
 * Every public operator against PyTorch. The fixtures hold calls with their results and gradients
 * (tools/fixtures/operators wrote them); each is called here as a user of the library would.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dtype, Tensor, TensorData } from './index.ts';
import * as api from './index.ts';
import {
  buildInfo,
  grad,
  isTensor,
  liveTensors,
  manualSeed,
  scope,
  setNumThreads,
  tensor,
} from './index.ts';
import { operatorNames } from './operators.ts';

interface StoredTensor {
  /** Dtype and shape: `float32[2,3]`. */
  type: string;
  /** Missing for uninitialised memory and on `meta`. */
  values?: (number | string)[];
  device?: string;
  /** The values are those of the transposed matrix. */
  transposed?: true;
  /** For an argument: a gradient is wanted. For a result: it has one to give. */
  grad?: true;
}

type Stored = StoredTensor | { bigint: string } | { number: string } | Plain | Stored[];
type Plain = number | boolean | string | null;

interface Case {
  arguments: Stored[];
  options?: Record<string, Stored>;
  seed?: number;
  results: (StoredTensor | boolean)[];
  /** Of known weights times the results, by each argument that has `grad`. */
  gradients?: (StoredTensor | null)[] | 'refused';
}

interface OperatorFixture {
  operator: string;
  call: string;
  kind: 'method' | 'function';
  /** The number of parameters before the options. */
  positional: number;
  /** The positions of the arguments that it changes. */
  writes: number[];
  /** `self`, or LibTorch's types joined by `/`. */
  returns: string;
  cases: Case[];
}

/** Whether LibTorch's kernels are those of the recording. Others round and draw differently. */
const hasRecordedKernels = /^AVX/.test(buildInfo().cpuCapability);

/** Relative to the largest magnitude. Elements of other dtypes must be equal. */
const tolerance: Partial<Record<Dtype, number>> = {
  float64: hasRecordedKernels ? 1e-12 : 1e-11,
  float32: hasRecordedKernels ? 1e-6 : 1e-5,
  bfloat16: 2 ** -7,
};

/** Results of these hold the same bits: elements that are copied, filled in or drawn. */
const exactFiles = new Set(hasRecordedKernels ? ['shape.json', 'creation.json'] : ['shape.json']);

const folder = new URL('./fixtures/operators/', import.meta.url);
const files = readdirSync(folder).map((name) => {
  const { operators } = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  return { name, operators: operators as OperatorFixture[] };
});

// The tensors are tiny: a second thread only waits, for long on a busy machine.
beforeAll(() => setNumThreads(1));

test('every operator of the list has cases', () => {
  const fixtures = files.flatMap(({ operators }) => operators);
  expect(fixtures.map(({ operator }) => operator).sort()).toEqual([...operatorNames].sort());
  for (const { operator, cases } of fixtures) {
    expect(cases.length, `cases of ${operator}`).toBeGreaterThanOrEqual(3);
  }
});

describe.each(files)('$name', ({ name, operators }) => {
  test.each(operators)('$operator', (fixture) => {
    const cases = fixture.cases.map((item) =>
      item.seed === undefined || hasRecordedKernels ? item : withoutValues(item),
    );
    const problems = cases.flatMap((item, index) => {
      const numLive = liveTensors();
      const found = replayInScope(fixture, item, exactFiles.has(name));
      if (liveTensors() !== numLive) found.push(`${liveTensors() - numLive} tensors are left`);
      return found.map((problem) => `case ${index}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });
});

function replayInScope(...parameters: Parameters<typeof replay>): string[] {
  try {
    return scope(() => replay(...parameters));
  } catch (error) {
    return [String(error)];
  }
}

/** Makes one call, and says how it differs from PyTorch's. */
function replay(fixture: OperatorFixture, item: Case, isExact: boolean): string[] {
  const leaves: Tensor[] = [];
  const values = item.arguments.map((stored) => restore(stored, leaves));
  const options = Object.entries(item.options ?? {}).map(([k, v]) => [k, restore(v, leaves)]);
  // A leaf must not be changed in place, a copy of it may.
  const written = fixture.writes.map((i) => (values[i] = copyOf(values[i])));
  if (item.seed !== undefined) manualSeed(item.seed);
  const returned = callPublic(fixture, values, Object.fromEntries(options));
  const returns = describeReturned(returned, written[0], fixture);
  if (returns !== fixture.returns) return [`returns "${returns}", not "${fixture.returns}"`];
  const results = (written.length > 0 ? written : [returned]).flat();
  return [
    ...differences('result', results, item.results, isExact),
    ...gradientDifferences(results, leaves, item.gradients),
  ];
}

/** A case of which only dtypes and shapes are compared. */
function withoutValues(item: Case): Case {
  const strip = <T>(stored: T): T =>
    typeof stored === 'object' && stored !== null ? { ...stored, values: undefined } : stored;
  const { gradients, results } = item;
  return {
    ...item,
    results: results.map(strip),
    ...(Array.isArray(gradients) ? { gradients: gradients.map(strip) } : {}),
  };
}

function callPublic(fixture: OperatorFixture, values: unknown[], options: object): unknown {
  const { call, kind, positional } = fixture;
  const given = [...values];
  if (Object.keys(options).length > 0) {
    given.length = positional;
    given.push(options);
  }
  const owner = kind === 'method' ? (given.shift() as Tensor) : api;
  return Reflect.apply(Reflect.get(owner, call), owner, given);
}

function describeReturned(returned: unknown, written: unknown, { returns }: OperatorFixture) {
  if (returned === undefined) return '';
  if (returned === written) return 'self';
  if (!Array.isArray(returned)) return isTensor(returned) ? 'Tensor' : 'bool';
  return returns.startsWith('List') ? 'List[Tensor]' : returned.map(() => 'Tensor').join('/');
}

/** Compares the gradients of the results times known weights. */
function gradientDifferences(
  results: unknown[],
  leaves: Tensor[],
  expected: Case['gradients'],
): string[] {
  const outputs = results.filter(isTensor).filter((result) => result.requiresGrad);
  if (expected === undefined) return outputs.length > 0 ? ['a gradient that is not expected'] : [];
  const gradients = outputs.map(weightsLike);
  const compute = () => grad(outputs, leaves, { gradients });
  if (expected !== 'refused') return differences('gradient', compute(), expected, false);
  expect(compute).toThrow(/derivative for .* is not implemented/);
  return [];
}

function weightsLike({ shape, dtype, numElements }: Tensor): Tensor {
  const weightOf = (i: number) => ((i * 37 + 11) % 101) / 101 - 0.4;
  const weights = Float64Array.from({ length: numElements }, (_, i) => weightOf(i));
  return tensor(weights, { shape, dtype });
}

/** The value of an argument; tensors that want a gradient are added to `leaves`. */
function restore(stored: Stored, leaves: Tensor[]): unknown {
  if (Array.isArray(stored)) return stored.map((item) => restore(item, leaves));
  if (typeof stored !== 'object' || stored === null) return stored;
  if ('bigint' in stored) return BigInt(stored.bigint);
  if ('number' in stored) return Number(stored.number);
  const { dtype, shape } = typeOf(stored);
  const made = stored.transposed
    ? tensor(dataOf(stored), { dtype, shape: shape.reverse() }).t()
    : tensor(dataOf(stored), { dtype, shape });
  if (stored.grad) {
    made.requiresGrad = true;
    leaves.push(made);
  }
  return made;
}

function copyOf(value: unknown): unknown {
  return Array.isArray(value) ? value.map(copyOf) : (value as Tensor).clone();
}

function typeOf({ type }: StoredTensor): { dtype: Dtype; shape: number[] } {
  const [, dtype, shape] = /^(\w+)\[(.*)\]$/.exec(type) as unknown as [string, Dtype, string];
  return { dtype, shape: shape === '' ? [] : shape.split(',').map(Number) };
}

/** The elements as `toTypedArray` gives them, but those of bfloat16 as float32. */
function dataOf({ type, values = [] }: StoredTensor): TensorData {
  if (type.startsWith('int64')) return BigInt64Array.from(values, BigInt);
  const numbers = values.map(Number);
  if (type.startsWith('float64')) return Float64Array.from(numbers);
  if (type.startsWith('int32')) return Int32Array.from(numbers);
  return type.startsWith('bool') ? Uint8Array.from(numbers) : Float32Array.from(numbers);
}

function differences(
  name: string,
  actual: readonly unknown[],
  expected: readonly (StoredTensor | boolean | null)[],
  isExact: boolean,
): string[] {
  if (actual.length !== expected.length) return [`${actual.length} ${name}s`];
  return actual.flatMap((value, i) => {
    const difference = compare(value, expected[i] ?? null, isExact);
    return difference === undefined ? [] : [`${name} ${i}: ${difference}`];
  });
}

function compare(actual: unknown, expected: StoredTensor | boolean | null, isExact: boolean) {
  if (expected === null || typeof expected === 'boolean') {
    return actual === expected ? undefined : `${actual}, not ${expected}`;
  }
  const { dtype, shape, device, requiresGrad } = actual as Tensor;
  const found = { type: `${dtype}[${shape}]`, device, requiresGrad };
  const { type, device: place = 'cpu', grad: hasGrad = false } = expected;
  const wanted = { type, device: place, requiresGrad: hasGrad };
  if (JSON.stringify(found) !== JSON.stringify(wanted)) return JSON.stringify({ found, wanted });
  if (expected.values === undefined) return undefined;
  const laidOut = expected.transposed ? (actual as Tensor).t() : (actual as Tensor);
  const readable = dtype === 'bfloat16' ? laidOut.to({ dtype: 'float32' }) : laidOut;
  return compareElements(readable.toTypedArray(), dataOf(expected), isExact ? 0 : tolerance[dtype]);
}

function compareElements(actual: TensorData, expected: TensorData, relative = 0) {
  const finite = [...expected].map((x) => Math.abs(Number(x))).filter(Number.isFinite);
  const allowed = relative * finite.reduce((most, x) => Math.max(most, x), 0);
  const i = [...actual].findIndex((x, i) => {
    const isClose = relative > 0 && Math.abs(Number(x) - Number(expected[i])) <= allowed;
    return !isClose && !Object.is(x, expected[i]);
  });
  return i < 0 ? undefined : `element ${i} is ${actual[i]}, not ${expected[i]}`;
}

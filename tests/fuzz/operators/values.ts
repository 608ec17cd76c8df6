/** Values that programs pass by mistake or in malice. */
import type { SeededRandom } from '../../../src/base/index.ts';

/** Numbers at the edges of what integers, floats and sizes can hold. */
export const extremeNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.5,
  -1.5,
  1e-45,
  5e-324,
  1e30,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  127,
  -128,
  255,
  32_768,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 40,
  2 ** 52,
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  2 ** 53,
  2 ** 62,
  2 ** 63,
  -(2 ** 63),
];

export const extremeBigints: readonly bigint[] = [
  0n,
  -1n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 62n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  -(2n ** 63n) + 1n,
  2n ** 63n,
  2n ** 64n - 1n,
  2n ** 64n,
  -(2n ** 200n),
];

/** Integers that an operator may take for a size, a dimension or an index. */
export function extremeInteger(random: SeededRandom): number | bigint {
  return random.pick([random.pick(extremeNumbers), random.pick(extremeBigints)]);
}

export function garbage(random: SeededRandom): unknown {
  return random.pick(makers)(random);
}

const makers: readonly ((random: SeededRandom) => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => '',
  () => 'cpu',
  () => 'not what was asked for',
  () => '\ud800 half a character',
  () => 'x'.repeat(100_000),
  (random) => random.pick(extremeNumbers),
  (random) => random.pick(extremeBigints),
  () => Symbol('garbage'),
  () => () => 1,
  () => ({}),
  () => ({ length: 3, 0: 1, 1: 2, 2: 3 }),
  () => Object.create(null),
  () => [],
  () => [[]],
  () => [undefined, null, 1],
  (random) => Array.from({ length: random.int(200) }, () => random.int(3)),
  () => nestedArray(50),
  () => nestedArray(100_000),
  () => selfContainingArray(),
  () => new Proxy([1, 2], {}),
  () => arrayThatThrows(),
  () => new Uint8Array(4),
  () => new Float32Array(4),
  () => new BigInt64Array(4),
  () => new Float32Array(new SharedArrayBuffer(16)),
  () => detachedArray(),
  () => new Float32Array(Reflect.construct(ArrayBuffer, [16, { maxByteLength: 64 }])),
  () => new DataView(new ArrayBuffer(8)),
  () => new Map([[1, 2]]),
  () => new Date(Number.NaN),
  () => ({ valueOf: refuse, toString: refuse }),
  () => Promise.resolve(1),
];

function nestedArray(depth: number): unknown[] {
  let value: unknown[] = [1];
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

function selfContainingArray(): unknown[] {
  const value: unknown[] = [1];
  value.push(value);
  return value;
}

function arrayThatThrows(): unknown[] {
  return Object.defineProperty([1, 2, 3], 1, { get: refuse });
}

function detachedArray(): Float32Array {
  const array = new Float32Array(4);
  structuredClone(array.buffer, { transfer: [array.buffer] });
  return array;
}

function refuse(): never {
  throw new Error('thrown by a value that the fuzzer made');
}

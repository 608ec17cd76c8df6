/** Random arguments of the addon's own exports, those that are no operator. */
import { openSync } from 'node:fs';
import type { SeededRandom } from '../../../src/base/index.ts';
import { call, type RawAddon } from './addon.ts';
import type { ArgumentMaker } from './arguments.ts';
import { extremeInteger, extremeNumbers, garbage } from './values.ts';

type MakeArguments = (maker: ArgumentMaker, random: SeededRandom) => unknown[];

const tensor = (maker: ArgumentMaker) => maker.tensor();
const tensors = (maker: ArgumentMaker, random: SeededRandom) =>
  Array.from({ length: random.int(4) }, () => maker.tensor());
const flag = (random: SeededRandom) => random.next() < 0.5;
const gradients = (maker: ArgumentMaker, random: SeededRandom) =>
  random.next() < 0.5
    ? null
    : Array.from({ length: random.int(4) }, () => (flag(random) ? null : maker.tensor()));

/** Files that may be read and written; other descriptors belong to the process that is fuzzed. */
const descriptors = [openSync('/dev/null', 'r'), openSync('/dev/zero', 'r')];
const missing = [-1, 12_345, 2 ** 31, 2 ** 40];

const span: MakeArguments = (maker, random) => [
  tensor(maker),
  random.pick([...descriptors, ...missing]),
  random.pick([0, 0, 0, 7, 2 ** 40, -1, 0.5, extremeInteger(random)]),
];

const typedArrays = [
  Float32Array,
  Float64Array,
  Uint8Array,
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
];

const typedArray = (random: SeededRandom) => new (random.pick(typedArrays))(random.int(9));

/** What to call each export with when nothing is hostile. */
const plausible: Record<string, MakeArguments> = {
  bindOperator: (_, random) => [
    random.pick(['add.Tensor', 'aten::mul', 'no::such', '', '.', '::']),
  ],
  describeOperator: (_, random) => [random.pick(['add.Tensor', 'none.such', 'a::b.c.d', ':', '.'])],
  listOperators: () => [],
  call: (maker, random) => [random.int(400) - 50, ...tensors(maker, random)],
  beginScope: () => [],
  endScope: (maker) => [maker.pool],
  disposeTensor: (maker) => [tensor(maker)],
  releaseTensor: (maker) => [tensor(maker)],
  isAlive: (maker) => [tensor(maker)],
  liveTensors: () => [],
  adjustExternalMemory: (_, random) => [random.int(100)],
  tensorInfo: (maker) => [tensor(maker)],
  fromTypedArray: (_, random) => [typedArray(random), random.int(30), [random.int(9)]],
  toTypedArray: (maker) => [tensor(maker)],
  copyFromTypedArray: (maker, random) => [tensor(maker), typedArray(random)],
  tensorItem: (maker) => [tensor(maker)],
  readFromFile: span,
  writeToFile: span,
  setGradEnabled: (_, random) => [flag(random)],
  requiresGrad: (maker) => [tensor(maker)],
  setRequiresGrad: (maker, random) => [tensor(maker), flag(random)],
  isLeaf: (maker) => [tensor(maker)],
  gradientFunction: (maker) => [tensor(maker)],
  retainGrad: (maker) => [tensor(maker)],
  getGrad: (maker) => [tensor(maker)],
  setGrad: (maker, random) => [tensor(maker), random.pick([null, tensor(maker)])],
  backward: (maker, random) => [
    tensors(maker, random),
    gradients(maker, random),
    flag(random),
    flag(random),
  ],
  gradients: (maker, random) => [
    tensors(maker, random),
    tensors(maker, random),
    gradients(maker, random),
    flag(random),
    flag(random),
    flag(random),
  ],
  setNumThreads: (_, random) => [random.pick([1, 2, 3, ...extremeNumbers])],
  numThreads: () => [],
  manualSeed: (_, random) => [BigInt(random.int(1000))],
  buildInfo: () => [],
  memoryStats: () => [],
  resetPeakMemory: () => [],
  beginProfile: () => [],
  endProfile: () => [],
};

/**
 * Exports that are left out, and why: these two would take away what the fuzzer itself relies on,
 * the type of errors and the memory limit; a test beside them gives them bad values.
 */
const leftOut = new Set(['setErrorFactory', 'setMemoryLimit']);

/** The functions of an addon that the fuzzer calls, those of `cuda` not among them. */
export function exportNames(addon: RawAddon): string[] {
  const names = Object.keys(addon).filter((name) => typeof addon[name] === 'function');
  return names.filter((name) => !leftOut.has(name));
}

export function exportArguments(
  name: string,
  maker: ArgumentMaker,
  random: SeededRandom,
): unknown[] {
  const make = plausible[name] ?? (() => [tensor(maker), tensor(maker)]);
  const values = make(maker, random).map((value) => {
    if (random.next() >= maker.hostility || name.endsWith('File')) return value;
    return random.next() < 0.5 ? garbage(random) : maker.forgedHandle();
  });
  return random.next() < maker.hostility / 4 ? values.slice(1) : values;
}

/** Undoes what the calls of a case have changed for the whole thread. */
export function restore(addon: RawAddon): void {
  while (endScope(addon));
  call(addon, 'setGradEnabled', true);
  call(addon, 'setNumThreads', 1);
}

/** False when there was none left to end. */
function endScope(addon: RawAddon): boolean {
  try {
    call(addon, 'endScope', null);
    return true;
  } catch {
    return false;
  }
}

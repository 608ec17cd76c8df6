/** The addon: found, loaded at the first tensor, and described to TypeScript. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { AthanorError, TensorError } from '../base/index.ts';
import { numPhysicalCores } from './cores.ts';

/** A live tensor of the addon: slot and generation in one number. */
export type Handle = number;

/** One argument in the schema of an operator. */
export interface ArgumentSchema {
  name: string;
  kind: string;
  optional: boolean;
  keywordOnly: boolean;
  required: boolean;
  writes: boolean;
  listLength: number;
}

/** What an operator takes and gives, as LibTorch declares it. */
export interface OperatorSchema {
  name: string;
  schema: string;
  arguments: ArgumentSchema[];
  returns: string[];
  returnsArgument: boolean;
}

/** How the addon and the LibTorch under it were built. */
export interface BuildInfo {
  libtorchVersion: string;
  variant: 'cpu' | 'cuda';
  /** The instruction set that LibTorch's kernels use: `AVX2`, `AVX512`, `DEFAULT`, … */
  cpuCapability: string;
  cudaDevices: number;
  /** LibTorch's number of each dtype. */
  dtypes: Record<string, number>;
}

/** The memory of all CPU tensors of this process, in bytes. */
export interface MemoryStats {
  liveBytes: number;
  /** Freed by tensors and kept for the next ones. */
  cachedBytes: number;
  /** The most that tensors held at once since the last reset. */
  peakBytes: number;
  /** An operator that would go beyond this fails instead. */
  limitBytes: number;
}

/** CUDA functions of the addon; there only when it was built for CUDA. */
export interface NativeCuda {
  synchronize(device: number): void;
  newStream(device: number): bigint;
  setStream(device: number, stream: bigint): bigint;
  memory(device: number): { liveBytes: number; peakBytes: number; reservedBytes: number };
  resetPeak(device: number): void;
  emptyCache(): void;
  beginCapture(): number;
  endCapture(graph: number): void;
  replayGraph(graph: number): void;
  disposeGraph(graph: number): void;
}

type TypedArray = NodeJS.TypedArray;

/** The exports of the addon, one line each as in native/exports.h. */
export interface NativeAddon {
  bindOperator(name: string): number;
  describeOperator(name: string): OperatorSchema;
  listOperators(): string[];
  call(operator: number, ...values: unknown[]): unknown;
  beginScope(): void;
  endScope(survivors: readonly Handle[] | null): Handle[];
  disposeTensor(handle: Handle): boolean;
  releaseTensor(handle: Handle): void;
  isAlive(handle: Handle): boolean;
  liveTensors(): number;
  adjustExternalMemory(bytes: number): void;
  tensorInfo(handle: Handle): [dtype: number, device: string, ...shape: number[]];
  fromTypedArray(data: TypedArray, dtype: number, shape: readonly number[]): Handle;
  toTypedArray(handle: Handle): TypedArray;
  copyFromTypedArray(handle: Handle, data: TypedArray): void;
  tensorItem(handle: Handle): number | boolean;
  readFromFile(handle: Handle, fd: number, position: number): void;
  writeToFile(handle: Handle, fd: number, position: number): void;
  setGradEnabled(enabled: boolean): boolean;
  requiresGrad(handle: Handle): boolean;
  setRequiresGrad(handle: Handle, value: boolean): void;
  isLeaf(handle: Handle): boolean;
  gradientFunction(handle: Handle): string | null;
  retainGrad(handle: Handle): void;
  getGrad(handle: Handle): Handle | null;
  setGrad(handle: Handle, gradient: Handle | null): void;
  backward(
    tensors: readonly Handle[],
    gradients: readonly (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
  ): void;
  gradients(
    outputs: readonly Handle[],
    inputs: readonly Handle[],
    gradients: readonly (Handle | null)[] | null,
    retainGraph: boolean,
    createGraph: boolean,
    allowUnused: boolean,
  ): (Handle | null)[];
  setErrorFactory(make: (message: string, disposed?: Handle) => Error): void;
  setNumThreads(count: number): void;
  numThreads(): number;
  manualSeed(seed: bigint): void;
  buildInfo(): BuildInfo;
  memoryStats(): MemoryStats;
  resetPeakMemory(): void;
  setMemoryLimit(bytes: number): void;
  cuda?: NativeCuda;
}

let addon: NativeAddon | undefined;
let describeDisposed: (handle: Handle) => string = () => '';

/**
 * The addon, loaded at the first use.
 * @throws AthanorError when set-up has not run or the addon does not load.
 */
export function native(): NativeAddon {
  addon ??= load();
  return addon;
}

/** Whether the addon is loaded already; asking does not load it. */
export function isNativeLoaded(): boolean {
  return addon !== undefined;
}

/** Sets what is added to an error about a disposed tensor: where that tensor was made. */
export function onDisposedTensor(describe: (handle: Handle) => string): void {
  describeDisposed = describe;
}

function load(): NativeAddon {
  // libgomp and MKL read these once, when they are loaded: results must not depend on how many
  // threads another program leaves free.
  process.env.OMP_DYNAMIC ??= 'FALSE';
  process.env.MKL_DYNAMIC ??= 'FALSE';
  const loaded = requireAddon(addonPath());
  loaded.setErrorFactory((message, disposed) => {
    const origin = disposed === undefined ? '' : describeDisposed(disposed);
    return new TensorError(message + origin);
  });
  loaded.setNumThreads(numPhysicalCores());
  return loaded;
}

function requireAddon(path: string): NativeAddon {
  try {
    return createRequire(import.meta.url)(path) as NativeAddon;
  } catch (cause) {
    throw new AthanorError(
      {
        what: `the addon ${path}`,
        must: 'load',
        got: cause instanceof Error ? cause.message : String(cause),
        hint: 'npx athanor doctor says what is missing, npx athanor setup builds it again',
      },
      { cause },
    );
  }
}

/** The addon that set-up recorded in build/native.json of this package. */
function addonPath(): string {
  const record = fileURLToPath(new URL('../../build/native.json', import.meta.url));
  if (!existsSync(record)) {
    throw new AthanorError({
      what: 'LibTorch and the addon',
      must: 'be set up before the first tensor',
      got: `no ${record}`,
      hint: 'npm run setup (in a clone) or npx athanor setup (in a project)',
    });
  }
  const { addon: path } = JSON.parse(readFileSync(record, 'utf8')) as { addon: string };
  return path;
}

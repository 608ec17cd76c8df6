/** The exports of the addon, native/exports.h, as TypeScript sees them. */

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
  /** Whether the processor has instructions that multiply bfloat16: avx512_bf16, AMX. */
  cpuMultipliesBf16: boolean;
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

/** Where time went: one operator or step of a backward pass, all its calls together. */
export interface OperatorTime {
  /** As LibTorch names it: `aten::mm`, `AddmmBackward0`. */
  name: string;
  numCalls: number;
  /** On the calling thread, without the operators that it calls in turn. */
  milliseconds: number;
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
  beginProfile(): void;
  endProfile(): OperatorTime[];
  cuda?: NativeCuda;
}

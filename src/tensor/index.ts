/** Tensors with automatic differentiation: LibTorch, called from TypeScript. */

export type { BuildInfo, MemoryStats, OperatorTime } from './addon.ts';
export { type GradOptions, grad } from './autograd.ts';
export type { Scalar } from './call.ts';
export { type TensorOptions, tensor } from './create.ts';
export {
  CudaGraph,
  CudaStream,
  cudaDeviceCount,
  cudaEmptyCache,
  cudaMemoryStats,
  cudaResetPeakMemory,
  cudaSynchronize,
} from './cuda.ts';
export type { Device } from './device.ts';
export { bytesPerElement, type Dtype, dtypes, type TensorData } from './dtype.ts';
export * from './generated/functions.ts';
export { liveTensors, traceTensors } from './handle.ts';
export { isNativeLoaded } from './native.ts';
export type { Nested, NestedArray } from './nested.ts';
export { profileOperators } from './profile.ts';
export { manualSeed, type RandomStream } from './random.ts';
export {
  buildInfo,
  memoryStats,
  numThreads,
  resetPeakMemory,
  setMemoryLimit,
  setNumThreads,
} from './runtime.ts';
export * from './safetensors/index.ts';
export { keep, noGrad, scope } from './scope.ts';
export { isTensor, Tensor, type ToOptions } from './tensor.ts';

/** The engine as a whole: threads, memory, and how it was built. */
import type { BuildInfo, MemoryStats } from './addon.ts';
import { native } from './native.ts';

/** Sets the number of threads of every later operator; 1 to 1024. */
export function setNumThreads(count: number): void {
  native().setNumThreads(count);
}

/** The number of threads that operators use; at first the number of physical cores. */
export function numThreads(): number {
  return native().numThreads();
}

/** Versions and capabilities of the LibTorch in use. */
export function buildInfo(): BuildInfo {
  return native().buildInfo();
}

/** The memory of all CPU tensors of this process. */
export function memoryStats(): MemoryStats {
  return native().memoryStats();
}

/** Starts a new measurement of `peakBytes`. */
export function resetPeakMemory(): void {
  native().resetPeakMemory();
}

/**
 * Sets how many bytes CPU tensors may hold at once; at first all memory of the machine or of its
 * container. An operator that needs more fails with a TensorError.
 */
export function setMemoryLimit(bytes: number): void {
  native().setMemoryLimit(bytes);
}

/**
 * CUDA beyond `device: 'cuda'`: streams, memory statistics, graphs. Everything but
 * {@link cudaDeviceCount} throws a TensorError where LibTorch was not built for CUDA.
 */
import { TensorError } from '../base/index.ts';
import type { NativeCuda } from './addon.ts';
import { native } from './native.ts';
import { scope } from './scope.ts';

/** CUDA devices that this process sees; 0 without a CUDA build, a driver or a device. */
export function cudaDeviceCount(): number {
  return native().buildInfo().cudaDevices;
}

/** Waits until the current stream of a device has done all its work. */
export function cudaSynchronize(device = 0): void {
  cuda().synchronize(device);
}

/** Memory of a device, in bytes: held by tensors, the most so far, and taken from the driver. */
export function cudaMemoryStats(device = 0): ReturnType<NativeCuda['memory']> {
  return cuda().memory(device);
}

/** Starts a new measurement of `peakBytes`. */
export function cudaResetPeakMemory(device = 0): void {
  cuda().resetPeak(device);
}

/** Gives memory that no tensor uses back to the driver. */
export function cudaEmptyCache(): void {
  cuda().emptyCache();
}

/** A queue of work on one device, beside its default one. */
export class CudaStream {
  readonly device: number;
  readonly #id: bigint;

  constructor(device = 0) {
    this.device = device;
    this.#id = cuda().newStream(device);
  }

  /** Runs `body` with this as the device's current stream. It does not wait for the work. */
  use<T>(body: () => T): T {
    const before = cuda().setStream(this.device, this.#id);
    try {
      return body();
    } finally {
      cuda().setStream(this.device, before);
    }
  }
}

/**
 * Recorded work that replays without any call from the host: one launch instead of hundreds.
 * Tensors that it reads and writes keep their memory; write new input into them before a replay.
 */
export class CudaGraph<T> {
  readonly #graph: number;
  /** What `body` returned; each replay overwrites these tensors. */
  readonly outputs: T;

  /**
   * Records `body` on a stream of its own. Run it once beforehand, so that memory and kernels are
   * ready. It must not read values back to the host.
   */
  constructor(body: () => T, device = 0) {
    cuda().synchronize(device);
    const capture = () => {
      const graph = cuda().beginCapture();
      try {
        return { graph, outputs: scope(body) };
      } finally {
        cuda().endCapture(graph);
      }
    };
    ({ graph: this.#graph, outputs: this.outputs } = new CudaStream(device).use(capture));
  }

  replay(): void {
    cuda().replayGraph(this.#graph);
  }

  /** Frees the recording; `outputs` stay with whoever holds them. */
  dispose(): void {
    cuda().disposeGraph(this.#graph);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

function cuda(): NativeCuda {
  const found = native().cuda;
  if (found !== undefined) return found;
  throw new TensorError({
    what: 'LibTorch',
    must: 'be a CUDA build for this call',
    got: `the CPU build ${native().buildInfo().libtorchVersion}`,
    hint: 'npm run setup -- --cuda',
  });
}

import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../worker-thread.ts';
import type { ZstdAnswer, ZstdRequest } from './zstd-worker.ts';

/** A block of 128 KiB takes some milliseconds; a thread that is still at it after this is in a loop. */
const maxBlockMs = 10_000;

/** Decodes the blocks of zstd frames in a thread of its own, which is ended when it does not answer. */
export class ZstdDecoder {
  readonly #worker: Worker;

  constructor() {
    this.#worker = startWorker(new URL('./zstd-worker', import.meta.url), undefined);
    // It holds up nothing when its reader is forgotten.
    this.#worker.unref();
  }

  /** Begins a frame. */
  begin(header: Uint8Array): void {
    this.#send({ header });
  }

  /** What the next block of the frame holds, or what is wrong with it. */
  async decode(block: Uint8Array, isLast: boolean): Promise<ZstdAnswer> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), maxBlockMs);
    try {
      const answer = once(this.#worker, 'message', { signal: patience.signal });
      this.#send({ block, isLast });
      return ((await answer) as [ZstdAnswer])[0];
    } catch (error) {
      if (!patience.signal.aborted) throw error;
      return { failed: 'a block that is never decoded' };
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(request: ZstdRequest): void {
    this.#worker.postMessage(request);
  }
}

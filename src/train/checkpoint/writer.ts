/** The writer's thread, as the training thread sees it. */
import { Worker } from 'node:worker_threads';
import type { WriteJob, WriteReply, WriteWorkerData } from './write-worker.ts';

/** Writes checkpoints in a thread of its own, which starts at the first one. */
export class Writer {
  readonly #data: WriteWorkerData;
  #worker: Worker | undefined;

  constructor(data: WriteWorkerData) {
    this.#data = data;
  }

  /** Writes one checkpoint. Only one at a time. Never rejects: the reply says what went wrong. */
  write(job: WriteJob): Promise<WriteReply> {
    const worker = this.#start();
    worker.ref();
    return new Promise((resolve) => {
      const finish = (reply: WriteReply) => {
        // Each by name: a Worker loses its messages when all listeners go, its own among them.
        worker.off('message', finish).off('error', failed).off('exit', ended);
        // An idle writer must not keep the process alive.
        worker.unref();
        resolve(reply);
      };
      const fail = (error: string) => {
        this.#worker = undefined;
        finish({ error, seconds: 0, damaged: [] });
      };
      worker.once('message', finish);
      const failed = (error: Error) => fail(error.message);
      const ended = (code: number) => fail(`the writer's thread ended with code ${code}`);
      worker.once('error', failed).once('exit', ended);
      worker.postMessage(job);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): Worker {
    this.#worker ??= startWorker(this.#data);
    return this.#worker;
  }
}

/** From source, as in tests, a thread must load TypeScript itself: it has none of its parent's loaders. */
function startWorker(data: WriteWorkerData): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./write-worker.js', import.meta.url), { workerData: data });
  }
  const entry = JSON.stringify(new URL('./write-worker.ts', import.meta.url).href);
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const code = `import { tsImport } from ${loader}; await tsImport(${entry}, ${entry});`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  return new Worker(url, { workerData: data });
}

/** The writer's thread, as the training thread sees it. */
import type { Worker } from 'node:worker_threads';
import { startWorker } from '../../base/index.ts';
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
    this.#worker ??= startWorker(new URL('./write-worker', import.meta.url), this.#data);
    return this.#worker;
  }
}

import { setImmediate } from 'node:timers/promises';
import type { CausalModel } from './causal-model.ts';
import { type BatchConfig, DecodingBatch } from './decoding-batch.ts';
import type { SampledToken } from './sample-tokens.ts';
import type { FinishReason, Sequence } from './sequence.ts';

/** A sequence and who waits for its tokens. */
export interface Job {
  sequence: Sequence;
  /**
   * Takes the next token. `reason` says why the sequence ends with it, if it does.
   * @returns whether the sequence ends, for that reason or for one of the job's own
   */
  onToken(sampled: SampledToken, reason: FinishReason | null): boolean;
  /** The request was aborted: nothing more comes. */
  onAbort(): void;
  /** Nothing more comes, because of an error. */
  onError(error: unknown): void;
}

/**
 * Runs jobs together (Yu et al. 2022, Orca, iteration-level scheduling): a job that ends makes room
 * for a waiting one at the next step. Between steps the event loop turns.
 */
export class ContinuousBatching {
  readonly #batch: DecodingBatch;
  readonly #waiting: Job[] = [];
  readonly #running = new Map<Sequence, Job>();
  #isTurning = false;

  constructor(model: CausalModel, config: BatchConfig) {
    this.#batch = new DecodingBatch(model, config);
  }

  submit(job: Job): void {
    this.#waiting.push(job);
    if (!this.#isTurning) void this.#turn();
  }

  /** Forgets a job without a word to it. */
  cancel(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#end(job);
  }

  /** Aborts all jobs and frees the cache. */
  dispose(): void {
    for (const job of this.#jobs()) job.onAbort();
    this.#clear();
  }

  /** Never rejects: errors go to the jobs. */
  async #turn(): Promise<void> {
    this.#isTurning = true;
    while (this.#jobs().length > 0) {
      await setImmediate();
      try {
        this.#dropAborted();
        this.#advance();
      } catch (error) {
        // The pass failed for all its rows, and so would the next one.
        const jobs = this.#jobs();
        this.#clear();
        for (const job of jobs) job.onError(error);
      }
    }
    this.#isTurning = false;
  }

  #advance(): void {
    const hasRoom = this.#running.size < this.#batch.maxBatchSize;
    if (this.#waiting.length > 0 && hasRoom) {
      const sampled = this.#batch.admit(this.#waiting.map(({ sequence }) => sequence));
      for (const job of this.#waiting.splice(0, sampled.size)) {
        this.#running.set(job.sequence, job);
      }
      this.#deliver(sampled);
    } else if (this.#running.size > 0) {
      this.#deliver(this.#batch.step());
    }
  }

  #deliver(sampled: ReadonlyMap<Sequence, SampledToken>): void {
    for (const [sequence, token] of sampled) {
      const job = this.#running.get(sequence);
      if (job === undefined) continue;
      try {
        if (job.onToken(token, sequence.append(token))) this.#end(job);
      } catch (error) {
        this.#end(job);
        job.onError(error);
      }
    }
  }

  #dropAborted(): void {
    for (const job of this.#jobs()) {
      if (job.sequence.signal?.aborted !== true) continue;
      this.cancel(job);
      job.onAbort();
    }
  }

  #end({ sequence }: Job): void {
    this.#running.delete(sequence);
    this.#batch.remove(sequence);
  }

  #clear(): void {
    this.#waiting.length = 0;
    this.#running.clear();
    this.#batch.dispose();
  }

  #jobs(): Job[] {
    return [...this.#running.values(), ...this.#waiting];
  }
}

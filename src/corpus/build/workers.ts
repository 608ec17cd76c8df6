/** Hands tasks to threads, under a bound on their memory. */
import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Piscina } from 'piscina';
import { AthanorError, ConfigError, FileError } from '../../base/index.ts';
import type { BuildOptions } from './build-config.ts';
import type { TaskFailure } from './build-worker.ts';
import type { Progress } from './clean-output.ts';
import { type BuildTask, runTask } from './tasks.ts';

/** Young objects of one thread; what lives longer has the rest of its share. */
const youngMegabytes = 48;
/** With less a thread cannot hold one long document in all its forms. */
const leastMegabytes = 192;

type Stop = BuildOptions['stop'];

/** Threads that live as long as a build; with one worker, the work is done in this thread. */
export class Workers implements AsyncDisposable {
  readonly #pool: Piscina | undefined;
  readonly #onProgress: (progress: Progress) => void;

  private constructor(pool: Piscina | undefined, onProgress: (progress: Progress) => void) {
    this.#pool = pool;
    this.#onProgress = onProgress;
    pool?.on('message', onProgress);
  }

  static async start(
    { numWorkers, maxMemoryBytes = 2 ** 30 }: BuildOptions,
    onProgress: (progress: Progress) => void,
  ): Promise<Workers> {
    const megabytes = Math.floor(maxMemoryBytes / 2 ** 20);
    const most = Math.max(1, Math.floor(megabytes / leastMegabytes));
    const maxThreads = Math.min(numWorkers ?? availableParallelism(), most);
    if (maxThreads <= 1) return new Workers(undefined, onProgress);
    const { Piscina } = await import('piscina');
    const resourceLimits = {
      maxOldGenerationSizeMb: Math.floor(megabytes / maxThreads) - youngMegabytes,
      maxYoungGenerationSizeMb: youngMegabytes,
    };
    const threads = { minThreads: 0, maxThreads, idleTimeout: 60_000, concurrentTasksPerWorker: 1 };
    return new Workers(new Piscina({ ...entry(), ...threads, resourceLimits }), onProgress);
  }

  /**
   * Does all tasks, in any order.
   *
   * @returns false when it was stopped; tasks that had begun are given up
   * @throws the first failure, after which no other task begins
   */
  async run(tasks: readonly BuildTask[], stop: Stop): Promise<boolean> {
    if (this.#pool === undefined) return this.#runHere(tasks, stop);
    const abort = new AbortController();
    const watch = setInterval(() => stop.isRequested && abort.abort(), 50);
    const { signal } = abort;
    // Each task listens; of more than ten Node would suspect a leak.
    setMaxListeners(0, signal);
    try {
      const runs = tasks.map((task) => (this.#pool as Piscina).run(task, { signal }));
      for (const run of runs) run.catch(() => {});
      for (const run of runs) throwFailure((await run) as TaskFailure);
      return true;
    } catch (error) {
      abort.abort();
      if (stop.isRequested) return false;
      throw error;
    } finally {
      clearInterval(watch);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool?.destroy();
  }

  async #runHere(tasks: readonly BuildTask[], stop: Stop): Promise<boolean> {
    for (const task of tasks) {
      if (stop.isRequested) return false;
      await runTask(task, this.#onProgress);
    }
    return !stop.isRequested;
  }
}

/** The worker's module; from source, as in tests, a thread needs a loader for TypeScript. */
function entry(): { filename: string; name: string; execArgv: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  const filename = new URL(`./build-worker.${isSource ? 'ts' : 'js'}`, import.meta.url).href;
  return {
    filename,
    name: 'work',
    execArgv: isSource ? ['--import', import.meta.resolve('tsx')] : [],
  };
}

function throwFailure(failure: TaskFailure): void {
  if (failure === undefined) return;
  const { kind, message } = failure;
  if (kind === 'file') throw new FileError(message);
  throw kind === 'config' ? new ConfigError(message) : new AthanorError(message);
}

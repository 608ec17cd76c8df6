/** Counts the words of files, in worker threads when there is enough to do. */
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { AthanorError, ConfigError, FileError, startWorker } from '../../base/index.ts';
import type { SplitterName } from '../splitters/splitter.ts';
import { type CountReport, type CountTask, countTask } from './count-task.ts';
import type { CountReply, CountRequest, CountWorkerData } from './count-worker.ts';
import { planTasks } from './plan-tasks.ts';
import { type WordCountArrays, WordCounts } from './word-counts.ts';

export interface CountOptions {
  splitter: SplitterName;
  /** Threads at most; by default as many as the machine has cores. */
  numWorkers?: number | undefined;
  /** Memory for the tables of words, all threads together. */
  maxMemoryBytes: number;
}

/**
 * The words of the files with their counts, and what was read. The counts do not depend on the order
 * of the files or on the number of workers; the order of the words does.
 *
 * @throws FileError for a file that cannot be read, ConfigError when the memory does not suffice.
 */
export async function countWords(
  files: readonly string[],
  options: CountOptions,
): Promise<{ words: WordCountArrays; report: CountReport }> {
  const tasks = await planTasks(files);
  const wanted = options.numWorkers ?? availableParallelism();
  const numWorkers = Math.min(wanted, tasks.length);
  // The workers' tables and their union exist at the same time.
  const maxBytes = options.maxMemoryBytes / (numWorkers > 1 ? numWorkers + 1 : 1);
  const counts = new WordCounts(maxBytes);
  const total: CountReport = { numBytes: 0, numDocuments: 0, rejected: {} };
  if (numWorkers <= 1) {
    for (const task of tasks) addReport(total, await countTask(task, options.splitter, counts));
  } else {
    const module = new URL('./count-worker', import.meta.url);
    const data: CountWorkerData = { splitter: options.splitter, maxBytes };
    const workers = Array.from({ length: numWorkers }, () => startWorker(module, data));
    try {
      await Promise.all(workers.map((worker) => runWorker(worker, tasks, total, counts)));
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  }
  return { words: counts.arrays(), report: total };
}

/** Feeds one worker from the shared list until it is empty, then takes over its counts. */
async function runWorker(
  worker: Worker,
  tasks: CountTask[],
  total: CountReport,
  counts: WordCounts,
): Promise<void> {
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    const reply = await ask(worker, task);
    if ('report' in reply) addReport(total, reply.report);
  }
  const reply = await ask(worker, 'finish');
  if ('words' in reply) counts.addAll(reply.words);
}

function ask(worker: Worker, request: CountRequest): Promise<CountReply> {
  return new Promise((resolve, reject) => {
    // By name: the thread has listeners of its own, without which no reply would come.
    for (const event of ['error', 'exit', 'message']) worker.removeAllListeners(event);
    worker.on('error', reject);
    worker.on('exit', (code) =>
      reject(new AthanorError(`a counting thread ended with code ${code}`)),
    );
    worker.on('message', (reply: CountReply) => {
      if ('error' in reply) reject(failureOf(reply));
      else resolve(reply);
    });
    worker.postMessage(request);
  });
}

function failureOf({ error, kind }: Extract<CountReply, { error: string }>): Error {
  if (kind === 'file') return new FileError(error);
  return kind === 'config' ? new ConfigError(error) : new AthanorError(error);
}

function addReport(total: CountReport, report: CountReport): void {
  total.numBytes += report.numBytes;
  total.numDocuments += report.numDocuments;
  for (const [reason, number] of Object.entries(report.rejected)) {
    total.rejected[reason] = (total.rejected[reason] ?? 0) + number;
  }
}

/** The entry of a counting thread: it takes tasks until it is asked for what it counted. */
import { parentPort, workerData } from 'node:worker_threads';
import { ConfigError, FileError } from '../../base/index.ts';
import type { SplitterName } from '../splitters/splitter.ts';
import { type CountReport, type CountTask, countTask } from './count-task.ts';
import { type WordCountArrays, WordCounts } from './word-counts.ts';

export interface CountWorkerData {
  splitter: SplitterName;
  maxBytes: number;
}

export type CountRequest = CountTask | 'finish';

export type CountReply =
  | { report: CountReport }
  | { words: WordCountArrays }
  | { error: string; kind: 'file' | 'config' | 'other' };

const { splitter, maxBytes } = workerData as CountWorkerData;
const counts = new WordCounts(maxBytes);

parentPort?.on('message', async (request: CountRequest) => {
  try {
    if (request === 'finish') {
      const words = counts.arrays();
      const buffers = [words.bytes.buffer, words.ends.buffer, words.counts.buffer];
      parentPort?.postMessage({ words } satisfies CountReply, buffers);
      parentPort?.close();
    } else {
      const report = await countTask(request, splitter, counts);
      parentPort?.postMessage({ report } satisfies CountReply);
    }
  } catch (error) {
    parentPort?.postMessage(failure(error));
  }
});

/** Errors lose their class between threads, so it is sent along. */
function failure(error: unknown): CountReply {
  const message = error instanceof Error ? error.message : String(error);
  const kind =
    error instanceof FileError ? 'file' : error instanceof ConfigError ? 'config' : 'other';
  return { error: message, kind };
}

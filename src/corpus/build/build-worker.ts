/** The entry of a worker thread. */
import { parentPort } from 'node:worker_threads';
import { ConfigError, FileError } from '../../base/index.ts';
import type { Progress } from './clean-output.ts';
import { type BuildTask, runTask } from './tasks.ts';

/** Errors lose their class between threads, so it is sent along. */
export type TaskFailure = { kind: 'file' | 'config' | 'other'; message: string } | undefined;

/** Does one task. */
export async function work(task: BuildTask): Promise<TaskFailure> {
  try {
    await runTask(task, (done) => parentPort?.postMessage(done satisfies Progress));
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof FileError) return { kind: 'file', message };
    return { kind: error instanceof ConfigError ? 'config' : 'other', message };
  }
}

/** The entry of the writer's thread: one checkpoint after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { Pruner, type Retention } from './retention.ts';
import { type FolderContent, writeFolder } from './write-folder.ts';

export interface WriteWorkerData {
  root: string;
  retention: Required<Retention>;
}

export interface WriteJob extends Omit<FolderContent, 'root'> {
  /** Steps of checkpoints that must not be deleted. */
  keptSteps: readonly number[];
}

/** What became of a job. */
export interface WriteReply {
  /** SHA-256 of the manifest, when the checkpoint is saved. */
  sha256?: string;
  /** Why it is not. */
  error?: string;
  seconds: number;
  /** Steps of older checkpoints that were found damaged when old ones were deleted. */
  damaged: number[];
  /** Why old ones could not be deleted. */
  pruneError?: string;
}

const { root, retention } = workerData as WriteWorkerData;
const pruner = new Pruner(root, retention);

parentPort?.on('message', (job: WriteJob) => parentPort?.postMessage(runJob(job)));

function runJob({ keptSteps, ...job }: WriteJob): WriteReply {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  let sha256: string;
  try {
    sha256 = writeFolder({ root, ...job });
  } catch (error) {
    return { error: messageOf(error), seconds: seconds(), damaged: [] };
  }
  try {
    return { sha256, damaged: pruner.prune(keptSteps).damaged, seconds: seconds() };
  } catch (error) {
    return { sha256, damaged: [], pruneError: messageOf(error), seconds: seconds() };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

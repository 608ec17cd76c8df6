/** The thread that runs programs: whatever they do, the thread that waits for it can end it. */
import { parentPort } from 'node:worker_threads';
import type { ProgramCall } from '../task.ts';
import { callProgram, loadQuickJs } from './quickjs.ts';

/** What the thread is told. */
export interface ProgramRequest {
  program: string;
  name: string;
  calls: readonly ProgramCall[];
}

const quickJs = await loadQuickJs();
parentPort?.postMessage('ready');
parentPort?.on('message', ({ program, name, calls }: ProgramRequest) => {
  parentPort?.postMessage(callProgram(quickJs, program, name, calls));
});

/** Cuts the input files into tasks. The cuts depend on the files alone, not on how many work. */
import { type FileHandle, open } from 'node:fs/promises';
import { FileError } from '../../base/index.ts';
import { safeCut } from '../splitters/safe-cut.ts';
import type { CountTask } from './count-task.ts';

const rangeBytes = 8 * 2 ** 20;
const searchBytes = 2 ** 16;

/** @throws FileError when a file is missing or is no ordinary file. */
export async function planTasks(files: readonly string[]): Promise<CountTask[]> {
  const tasks: CountTask[] = [];
  for (const file of files) tasks.push(...(await planFile(file)));
  return tasks;
}

async function planFile(file: string): Promise<CountTask[]> {
  const handle = await openFile(file);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) {
      throw new FileError({ what: file, must: 'be an ordinary file', got: 'something else' });
    }
    const gzip = file.endsWith('.gz');
    const format = /\.(jsonl|ndjson)(\.gz)?$/.test(file) ? 'jsonl' : 'text';
    const whole = { file, format, gzip, sizeBytes: stat.size, modifiedMs: stat.mtimeMs } as const;
    const cuts = gzip ? [] : await findCuts(handle, stat.size, format);
    const starts = [0, ...cuts];
    return starts.map((start, i) => ({ ...whole, start, end: starts[i + 1] ?? stat.size }));
  } finally {
    await handle.close();
  }
}

/** A place to cut near each multiple of the range size; none where the text offers none. */
async function findCuts(
  handle: FileHandle,
  sizeBytes: number,
  format: CountTask['format'],
): Promise<number[]> {
  const cuts: number[] = [];
  const buffer = new Uint8Array(searchBytes);
  for (let at = rangeBytes; at < sizeBytes; at += rangeBytes) {
    const { bytesRead } = await handle.read(buffer, 0, searchBytes, at);
    const bytes = buffer.subarray(0, bytesRead);
    const cut = format === 'text' ? safeCut(bytes, 0, bytesRead) : bytes.indexOf(0x0a) + 1;
    if (cut > 0) cuts.push(at + cut);
  }
  return cuts;
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ what: file, must: 'be a readable file', got }, { cause });
  }
}

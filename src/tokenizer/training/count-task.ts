/** Counts the words of one file or one range of it; what a worker does. */
import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { FileError } from '../../base/index.ts';
import { type SplitterName, splitterNamed } from '../splitters/splitter.ts';
import { JsonLineCounter } from './json-line-counter.ts';
import { PieceCounter } from './piece-counter.ts';
import type { WordCounts } from './word-counts.ts';

export interface CountTask {
  file: string;
  format: 'text' | 'jsonl';
  gzip: boolean;
  /** The range of bytes to count; all of the file when it is compressed. */
  start: number;
  end: number;
  /** Size and time of the file when the work was planned; it must not change until it is done. */
  sizeBytes: number;
  modifiedMs: number;
}

/** What was read; `numDocuments` counts lines of JSON, or 0 for text. */
export interface CountReport {
  numBytes: number;
  numDocuments: number;
  /** How many lines or words were left out, by reason. */
  rejected: Record<string, number>;
}

const blockBytes = 2 ** 20;

/** @throws FileError when the file cannot be read, is damaged or changed meanwhile. */
export async function countTask(
  task: CountTask,
  splitter: SplitterName,
  counts: WordCounts,
): Promise<CountReport> {
  const pieces = new PieceCounter(splitterNamed(splitter).pieceEnd, counts);
  const lines = task.format === 'jsonl' ? new JsonLineCounter(pieces) : undefined;
  let numBytes = 0;
  try {
    const handle = await open(task.file, 'r');
    try {
      await checkUnchanged(handle, task);
      const blocks = task.gzip ? gunzipped(handle) : plainBlocks(handle, task);
      for await (const block of blocks) {
        numBytes += block.length;
        (lines ?? pieces).push(block);
      }
      (lines ?? pieces).end();
      await checkUnchanged(handle, task);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw asFileError(cause, task.file);
  }
  const rejected = { ...lines?.rejected };
  if (pieces.numTooLong > 0) rejected['word too long'] = pieces.numTooLong;
  return { numBytes, numDocuments: lines?.numDocuments ?? 0, rejected };
}

async function* plainBlocks(handle: FileHandle, task: CountTask): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(blockBytes);
  for (let at = task.start; at < task.end; ) {
    const length = Math.min(blockBytes, task.end - at);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    if (bytesRead === 0) throw changed(task.file);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function* gunzipped(handle: FileHandle): AsyncGenerator<Uint8Array> {
  const source = handle.createReadStream({ autoClose: false });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  for await (const block of source.pipe(gunzip)) yield block as Uint8Array;
}

async function checkUnchanged(handle: FileHandle, task: CountTask): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== task.sizeBytes || mtimeMs !== task.modifiedMs) throw changed(task.file);
}

function changed(file: string): FileError {
  return new FileError({
    what: file,
    must: 'stay as it is while it is read',
    got: 'a change',
    hint: 'start again when nothing writes to it',
  });
}

function asFileError(cause: unknown, file: string): unknown {
  const hasCode = cause instanceof Error && 'code' in cause;
  if (!hasCode) return cause;
  return new FileError(
    { what: file, must: 'be readable to its end', got: cause.message },
    { cause },
  );
}

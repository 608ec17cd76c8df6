/** The bytes of a file, block by block. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileError } from '../errors.ts';
import { asFileError } from '../file-failure.ts';

const blockBytes = 2 ** 20;

/** Text seldom shrinks to a tenth: what grows two hundred times is meant to fill somebody's memory. */
const maxGrowth = 200;
const growthCheckedFromBytes = 64 * 2 ** 20;

/** What must not change while a file is read. */
export interface FileState {
  sizeBytes: number;
  modifiedMs: number;
}

export interface ReadBlocksOptions {
  /** The range of bytes to read, for a file that is not compressed. Default: all of it. */
  start?: number;
  end?: number;
  /** What the file was when the work was planned. Default: what it is now. */
  expected?: FileState;
}

/**
 * Reads a file in blocks of at most 1 MiB, each valid until the next is asked for. A file whose name ends in `.gz` is unpacked: one or more
 * members, and nothing behind them but zeros.
 *
 * @throws FileError when it is missing, no ordinary file, damaged, a gzip file that grows more than
 *   200 times, or changed while it is read. The blocks before a damage have been given out by then.
 */
export async function* readBlocks(
  file: string,
  { start = 0, end, expected }: ReadBlocksOptions = {},
): AsyncGenerator<Uint8Array> {
  try {
    // A pipe would wait for its writer as soon as it is opened.
    const state = await fileState(file);
    const handle = await open(file, 'r');
    try {
      await checkUnchanged(handle, file, expected ?? state);
      const range = { file, start, end: end ?? state.sizeBytes };
      yield* file.endsWith('.gz') ? unpacked(handle, range) : plainBlocks(handle, range);
      await checkUnchanged(handle, file, expected ?? state);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
}

/** Size and time of an ordinary file. @throws FileError when it is missing or something else. */
export async function fileState(file: string): Promise<FileState> {
  try {
    const found = await stat(file);
    if (found.isFile()) return { sizeBytes: found.size, modifiedMs: found.mtimeMs };
  } catch (error) {
    throw asFileError(error, file, 'read');
  }
  throw new FileError({ what: file, must: 'be an ordinary file', got: 'something else' });
}

interface FileRange {
  file: string;
  start: number;
  end: number;
}

async function* plainBlocks(
  handle: FileHandle,
  { file, start, end }: FileRange,
): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.min(blockBytes, end - start));
  // Not further than the end at first: a file that grows as fast as it is read would never end.
  for (let at = start; at < end; ) {
    const length = Math.min(buffer.length, end - at);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    if (bytesRead === 0) throw changed(file);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

/** For streams, which read ahead. */
async function* copied(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const block of blocks) yield Buffer.from(block);
}

async function* unpacked(handle: FileHandle, range: FileRange): AsyncGenerator<Uint8Array> {
  const { file } = range;
  const source = Readable.from(copied(plainBlocks(handle, range)), { highWaterMark: 1 });
  const gunzip = createGunzip({ chunkSize: 2 ** 18 });
  source.on('error', (error) => gunzip.destroy(error));
  let numBytes = 0;
  try {
    for await (const block of source.pipe(gunzip)) {
      numBytes += (block as Uint8Array).length;
      if (numBytes > growthCheckedFromBytes && numBytes > maxGrowth * gunzip.bytesWritten) {
        const got = `${numBytes} of ${gunzip.bytesWritten}`;
        throw new FileError({ what: file, must: `grow at most ${maxGrowth} times`, got });
      }
      yield block as Uint8Array;
    }
  } catch (cause) {
    if (!(cause as NodeJS.ErrnoException).code?.startsWith('Z_')) throw cause;
    const got = (cause as Error).message;
    throw new FileError({ what: file, must: 'be whole gzip data', got }, { cause });
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function checkUnchanged(handle: FileHandle, file: string, state: FileState): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== state.sizeBytes || mtimeMs !== state.modifiedMs) throw changed(file);
}

function changed(file: string): FileError {
  return new FileError({
    what: file,
    must: 'stay as it is while it is read',
    got: 'a change',
    hint: 'start again when nothing writes to it',
  });
}

/** The bytes of a file, block by block. */
import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { FileError } from '../errors.ts';
import { asFileError } from '../file-failure.ts';
import { gunzipBlocks } from './gzip-blocks.ts';
import { unzstdBlocks } from './zstd-blocks.ts';

const blockBytes = 2 ** 20;

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
  /** Refuse a symbolic link. Default: follow it. */
  noFollow?: boolean;
  /** Told of every piece of the file, packed as it lies there, before its blocks are given out. */
  onBytes?: ((numBytes: number) => void) | undefined;
  /** Memory for all of the range: blocks of any size lie there one behind the other, and stay. */
  into?: Uint8Array;
}

/** Endings of files that are unpacked while they are read. */
export const packedName = /\.(gz|zst)$/;

/**
 * Reads a file in blocks of at most 1 MiB, each valid until the next is asked for. A file whose name
 * ends in `.gz` is unpacked: one or more members, and nothing behind them but zeros; so is one in
 * `.zst`: one or more frames, and nothing behind them.
 *
 * @throws FileError when it is missing, no ordinary file, or changed while it is read;
 *   DamagedFileError when it is damaged, or grows more than 200 times. The blocks before a damage
 *   have been given out by then.
 */
export async function* readBlocks(
  file: string,
  { start = 0, end, expected, noFollow, onBytes, into }: ReadBlocksOptions = {},
): AsyncGenerator<Uint8Array> {
  try {
    // A pipe would wait for its writer as soon as it is opened.
    const state = await fileState(file);
    const flags = constants.O_RDONLY | (noFollow === true ? constants.O_NOFOLLOW : 0);
    const handle = await open(file, flags);
    try {
      await checkUnchanged(handle, file, expected ?? state);
      const range = { file, start, end: end ?? state.sizeBytes, onBytes, into };
      yield* unpacked(plainBlocks(handle, range), file);
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
  onBytes: ReadBlocksOptions['onBytes'];
  into: Uint8Array | undefined;
}

async function* plainBlocks(
  handle: FileHandle,
  { file, start, end, onBytes, into }: FileRange,
): AsyncGenerator<Uint8Array> {
  const memory = into ?? Buffer.allocUnsafe(Math.min(blockBytes, end - start));
  // Not further than the end at first: a file that grows as fast as it is read would never end.
  for (let at = start; at < end; ) {
    const buffer = into === undefined ? memory : memory.subarray(at - start);
    const length = Math.min(buffer.length, end - at);
    const { bytesRead } = await handle.read(buffer, 0, length, at);
    if (bytesRead === 0) throw changed(file);
    onBytes?.(bytesRead);
    yield buffer.subarray(0, bytesRead);
    at += bytesRead;
  }
}

function unpacked(blocks: AsyncGenerator<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  if (file.endsWith('.gz')) return gunzipBlocks(blocks, file);
  return file.endsWith('.zst') ? unzstdBlocks(blocks, file) : blocks;
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

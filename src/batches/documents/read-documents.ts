/** Documents from files: text, or JSON lines with a `text` field, both also gzipped. */
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileError } from '../../base/index.ts';
import type { RejectedDocument, SourceDocument } from './document.ts';
import { LineReader } from './line-reader.ts';

/** A whole file of text is one document, which has to be held in memory. */
const maxTextBytes = 2 ** 28;
const blockBytes = 2 ** 20;

/**
 * Reads one document per line of `.jsonl` and `.ndjson` files, and one per file of any other kind;
 * `.gz` may follow. A line or a text that cannot be used is a counted rejection; blank lines are
 * nothing at all. Needs memory for one document.
 *
 * @throws FileError when a file cannot be read to its end, or changes meanwhile.
 */
export async function* readDocuments(
  files: Iterable<string>,
): AsyncGenerator<SourceDocument | RejectedDocument> {
  for (const file of files) {
    const handle = await openFile(file);
    try {
      const before = await handle.stat();
      const blocks = readBlocks(handle, file, before.size);
      yield* /\.(jsonl|ndjson)(\.gz)?$/.test(file) ? documentsOfLines(blocks) : textOf(blocks);
      const after = await handle.stat();
      if (before.size !== after.size || before.mtimeMs !== after.mtimeMs) {
        throw unreadable(file, 'stay as it is while it is read', 'a change');
      }
    } finally {
      await handle.close();
    }
  }
}

async function* documentsOfLines(
  blocks: AsyncIterable<Uint8Array>,
): AsyncGenerator<SourceDocument | RejectedDocument> {
  const lines = new LineReader();
  for await (const block of blocks) {
    for (const line of lines.push(block)) yield* documentOf(line);
  }
  yield* documentOf(lines.end());
}

function* documentOf(line: Uint8Array | undefined): Generator<SourceDocument | RejectedDocument> {
  if (line === undefined) yield { rejected: 'line too long' };
  else if (line.some((byte) => byte > 0x20)) yield parseLine(line);
}

function parseLine(line: Uint8Array): SourceDocument | RejectedDocument {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch (error) {
    return { rejected: error instanceof SyntaxError ? 'not JSON' : 'not UTF-8' };
  }
  const hasText = typeof value === 'object' && value !== null && Object.hasOwn(value, 'text');
  const text: unknown = hasText ? (value as { text: unknown }).text : undefined;
  return typeof text === 'string' ? { text } : { rejected: 'no text field' };
}

async function* textOf(
  blocks: AsyncIterable<Uint8Array>,
): AsyncGenerator<SourceDocument | RejectedDocument> {
  const parts: Uint8Array[] = [];
  let numBytes = 0;
  for await (const block of blocks) {
    numBytes += block.length;
    if (numBytes > maxTextBytes) {
      yield { rejected: 'text too long' };
      return;
    }
    parts.push(block);
  }
  yield { text: Buffer.concat(parts) };
}

async function* readBlocks(
  handle: FileHandle,
  file: string,
  sizeBytes: number,
): AsyncGenerator<Uint8Array> {
  const blocks = plainBlocks(handle, sizeBytes);
  try {
    yield* file.endsWith('.gz') ? gunzipped(blocks) : blocks;
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(file, 'be readable to its end', got, cause);
  }
}

/** The bytes that were there at first: a file that grows as fast as it is read would never end. */
async function* plainBlocks(handle: FileHandle, sizeBytes: number): AsyncGenerator<Uint8Array> {
  for (let left = sizeBytes; left > 0; ) {
    const buffer = new Uint8Array(Math.min(blockBytes, left));
    const { bytesRead } = await handle.read({ buffer });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    left -= bytesRead;
  }
}

async function* gunzipped(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(blocks, { highWaterMark: 1 });
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw unreadable(file, 'be a readable file', got, cause);
  }
}

function unreadable(what: string, must: string, got: string, cause?: unknown): FileError {
  return new FileError({ what, must, got }, cause === undefined ? {} : { cause });
}
